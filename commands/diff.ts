import { compareProgrammes } from '#definitions/check/changes.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine } from './programmes/print.js';
import { writeChanges } from './programmes/print-changes.js';
import { checkSource, readSource } from './programmes/source.js';

export const diffCommand: Command = {
  name: 'diff',
  arguments: '[old] [new]',
  describe: 'What changes between two versions of a programme, and what it means for open cases',
  options: [
    { flags: '--json', describe: 'tell the changes as JSON' },
    { flags: '--language <code>', describe: 'el or en' },
  ],
  run: async ({ options, arguments: paths }) => {
    if (paths.length !== 2) return STATUS.usage;
    const programmes: Programme[] = [];
    for (const path of paths) {
      const source = await readSource(path);
      const findings = await checkSource({ ...source, overlays: [], cases: [] });
      if (hasErrors(findings)) {
        if (options['json'] === true) writeJsonLine({ findings });
        else printFindings(findings, languageOf(options['language']));
        return STATUS.findings;
      }
      programmes.push(source.programme as Programme);
    }
    const [before, after] = programmes as [Programme, Programme];
    const changes = compareProgrammes(before, after);
    if (options['json'] === true) writeJsonLine({ old: hashDocument(before), new: hashDocument(after), changes });
    else {
      writeChanges(changes);
      writeLine(`${changes.length} changes`);
    }
    return STATUS.good;
  },
};
