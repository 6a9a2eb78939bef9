import { writeFile as writeText } from 'node:fs/promises';
import { bundleOf } from '#definitions/folder/bundle.js';
import { writeFile } from '#definitions/folder/layout.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine } from './programmes/print.js';
import { checkSource, readSource } from './programmes/source.js';

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
    if (path === undefined) return STATUS.usage;
    const source = await readSource(path);
    const findings = await checkSource(source);
    if (hasErrors(findings) || !source.isFolder) {
      if (options['json'] === true) writeJsonLine({ findings });
      else printFindings(findings, languageOf(options['language']));
      return source.isFolder ? STATUS.findings : STATUS.usage;
    }
    const folder = await readProgrammeFolder(path);
    const text = writeFile(bundleOf(folder));
    const { out } = options;
    if (typeof out === 'string') await writeText(out, text);
    else if (options['json'] !== true) process.stdout.write(text);
    if (options['json'] === true) writeJsonLine({ programme: folder.programme.id, version: hashDocument(folder.programme), file: typeof out === 'string' ? out : null });
    return STATUS.good;
  },
};
