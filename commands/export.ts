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
  options: [
    { flags: '--out <file>' },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: [path] }) => {
    if (path === undefined) return tellUsage('usage.path', options, { command: 'export' });
    const source = await readSource(path);
    const findings = await checkSource(source);
    if (!source.isFolder && !hasErrors(findings)) return tellUsage('usage.exportFolder', options, { path });
    if (hasErrors(findings)) {
      if (options['json'] === true) writeJsonLine({ findings });
      else printFindings(findings, languageOf(options['language']));
      return STATUS.findings;
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
