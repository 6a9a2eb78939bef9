import { writeFile as writeText } from 'node:fs/promises';
import { bundleOf } from '#definitions/folder/bundle.js';
import { writeFile } from '#definitions/folder/layout.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, tellUsage } from './programmes/print.js';
import { casesOf, checkSource, overlaysOf, readSource } from './programmes/source.js';

export const exportCommand: Command = {
  name: 'export',
  arguments: '[folder]',
  describe: 'Write a programme with its overlays and cases as one document',
  options: [
    { flags: '--out <file>', describe: 'standard output when absent' },
    { flags: '--json', describe: 'tell the version as JSON instead of writing the document' },
    { flags: '--language <code>', describe: 'el or en' },
  ],
  run: async ({ options, arguments: [path] }) => {
    if (path === undefined) return tellUsage('usage.path', options, { command: 'export' });
    const source = await readSource(path);
    const findings = await checkSource(source);
    if (hasErrors(findings) || !source.isFolder) {
      if (options['json'] === true) writeJsonLine({ findings });
      else printFindings(findings, languageOf(options['language']));
      return source.isFolder ? STATUS.findings : STATUS.usage;
    }
    // From what was read and upgraded, not from the files as they lie.
    const [programme, examples] = [source.programme as Programme, casesOf(source)];
    const text = writeFile(bundleOf({ programme, overlays: [...overlaysOf(source)], cases: examples.map(({ example }) => example), caseNames: examples.map(({ name }) => name) }));
    const { out } = options;
    if (typeof out === 'string') await writeText(out, text);
    else if (options['json'] !== true) process.stdout.write(text);
    if (options['json'] === true) writeJsonLine({ programme: programme.id, version: hashDocument(programme), file: typeof out === 'string' ? out : null });
    return STATUS.good;
  },
};
