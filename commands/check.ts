import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine } from './programmes/print.js';
import { checkSource, programmesIn, readSource } from './programmes/source.js';

export const checkCommand: Command = {
  name: 'check',
  arguments: '[path...]',
  describe: 'Say everything that is wrong or doubtful in programmes: folders, files, or a folder of folders',
  options: [
    { flags: '--json', describe: 'tell the findings as JSON' },
    { flags: '--language <code>', describe: 'el or en' },
  ],
  run: async ({ options, arguments: paths }) => {
    if (paths.length === 0) return STATUS.usage;
    const programmes = (await Promise.all(paths.map(programmesIn))).flat();
    const findings = (await Promise.all(programmes.map(async (path) => checkSource(await readSource(path))))).flat();
    if (options['json'] === true) writeJsonLine({ findings });
    else {
      printFindings(findings, languageOf(options['language']));
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      writeLine(`${programmes.length} checked: ${errors} errors, ${findings.length - errors} warnings`);
    }
    return hasErrors(findings) ? STATUS.findings : STATUS.good;
  },
};
