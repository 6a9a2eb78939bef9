import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine, tellUsage } from './programmes/print.js';
import { checkSource, programmesIn, readSource } from './programmes/source.js';
import { textOf } from './texts.js';

export const checkCommand: Command = {
  name: 'check',
  arguments: '[path...]',
  options: [
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: paths }) => {
    if (paths.length === 0) return tellUsage('usage.path', options, { command: 'check' });
    const programmes = (await Promise.all(paths.map(programmesIn))).flat();
    const findings = (await Promise.all(programmes.map(async (path) => checkSource(await readSource(path))))).flat();
    if (options['json'] === true) writeJsonLine({ findings });
    else {
      const language = languageOf(options['language']);
      printFindings(findings, language);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      writeLine(textOf(language, 'check.summary', { count: programmes.length, errors, warnings: findings.length - errors }));
    }
    return hasErrors(findings) ? STATUS.findings : STATUS.good;
  },
};
