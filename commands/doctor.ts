import type { Command } from './command.js';
import type { Finding } from './doctor/examinations.js';
import { terminalLanguage, textOf } from './texts.js';
import type { Language } from './texts.js';

const MARKS = { good: '✓', bad: '✗', skipped: '–' } as const;

export const doctorCommand: Command = {
  name: 'doctor',
  describe: 'Examine this machine and its settings, and say how to mend what is wrong',
  options: [
    { flags: '--json', describe: 'tell the findings as JSON' },
    { flags: '--data <folder>', describe: 'the data folder of start' },
    { flags: '--port-base <number>', describe: 'the ports of start', fallback: '4300' },
  ],
  run: async ({ options }) => {
    const data = options['data'];
    const { examine } = await import('./doctor/examinations.js');
    const findings = await examine({ portBase: String(options['portBase']), ...(typeof data === 'string' ? { dataFolder: data } : {}) });
    const bad = findings.filter(({ state }) => state === 'bad').length;
    process.stdout.write(options['json'] === true ? `${JSON.stringify({ good: bad === 0, findings: findings.map(inWords) })}\n` : readable(findings, terminalLanguage()));
    return bad === 0 ? 0 : 1;
  },
};

function inWords(finding: Finding): object {
  const words = (language: Language): object => ({ message: message(finding, language), ...(finding.state === 'bad' ? { fix: fix(finding, language) } : {}) });
  return { code: finding.code, state: finding.state, el: words('el'), en: words('en') };
}

function readable(findings: readonly Finding[], language: Language): string {
  const lines = findings.map((finding) => {
    const line = `${MARKS[finding.state]} ${message(finding, language)}`;
    return finding.state === 'bad' ? `${line}\n    ${fix(finding, language)}` : line;
  });
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const summary = bad === 0 ? textOf(language, 'doctor.summary.good') : textOf(language, 'doctor.summary.bad', { count: bad });
  return `${[...lines, '', summary].join('\n')}\n`;
}

function message(finding: Finding, language: Language): string {
  const state = finding.stateText === undefined ? '' : textOf(language, finding.stateText.key, finding.stateText.params);
  return textOf(language, `doctor.${finding.code}`, { state, ...finding.params });
}

function fix(finding: Finding, language: Language): string {
  const reason = typeof finding.reason === 'object' ? finding.reason[language] : (finding.reason ?? '');
  return textOf(language, `doctor.${finding.code}.fix`, { ...finding.params, reason });
}
