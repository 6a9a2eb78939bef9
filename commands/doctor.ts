import type { Command } from './command.js';
import type { Finding } from './doctor/examinations.js';
import { STATUS } from './command.js';
import { languageOf } from './programmes/print.js';
import { textOf } from './texts.js';
import type { Language } from './texts.js';

const MARKS = { good: '✓', bad: '✗', skipped: '–' } as const;

export const doctorCommand: Command = {
  name: 'doctor',
  options: [
    { flags: '--json' },
    { flags: '--data <folder>' },
    { flags: '--port-base <number>', fallback: '4300' },
    { flags: '--language <code>' },
  ],
  run: async ({ options }) => {
    const data = options['data'];
    const { examine } = await import('./doctor/examinations.js');
    const findings = await examine({ portBase: String(options['portBase']), ...(typeof data === 'string' ? { dataFolder: data } : {}) });
    const bad = findings.filter(({ state }) => state === 'bad').length;
    process.stdout.write(options['json'] === true ? `${JSON.stringify({ good: bad === 0, findings: findings.map(inWords) })}\n` : readable(findings, languageOf(options['language'])));
    return bad === 0 ? STATUS.good : STATUS.findings;
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
  const state = (finding.stateTexts ?? []).map(({ key, params }) => textOf(language, key, params)).join(', ');
  return textOf(language, `doctor.${finding.code}`, { state, ...finding.params });
}

function fix(finding: Finding, language: Language): string {
  const { reason: given } = finding;
  const reason = given === undefined ? '' : 'key' in given ? textOf(language, given.key, given.params) : given[language];
  return textOf(language, `doctor.${finding.code}.fix`, { ...finding.params, reason });
}
