import { existsSync, readdirSync, statSync } from 'node:fs';
import { folderOf } from '#definitions/folder/bundle.js';
import { hashDocument, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, tellRefused, tellUsage, writeJsonLine, writeLine } from './programmes/print.js';
import { casesOf, checkSource, overlaysOf, readSource } from './programmes/source.js';

/** Names of case files: nothing that leads out of the folder. */
const CASE_NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;

export const importCommand: Command = {
  name: 'import',
  arguments: '[file] [folder]',
  options: [
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: [path, folder] }) => {
    if (path === undefined || folder === undefined) return tellUsage('usage.import', options);
    const source = await readSource(path);
    const findings = await checkSource(source);
    const examples = casesOf(source);
    if (existsSync(folder) && !isEmptyFolder(folder)) return tellUsage('usage.importExists', options, { folder });
    const unnamed = hasErrors(findings) ? undefined : examples.find(({ name }) => !CASE_NAME.test(name));
    if (unnamed !== undefined) return tellRefused('import.caseName', options, { name: unnamed.name.slice(0, 100) });
    if (hasErrors(findings)) {
      if (options['json'] === true) writeJsonLine({ findings });
      else printFindings(findings, languageOf(options['language']));
      return STATUS.findings;
    }
    const programme = source.programme as Programme;
    const cases = Object.fromEntries(examples.map(({ name, example }) => [name, example]));
    await writeProgrammeFolder(folder, folderOf({ schemaVersion: '1', programme, overlays: overlaysOf(source), cases }));
    const version = hashDocument(programme);
    if (options['json'] === true) writeJsonLine({ programme: programme.id, version, folder });
    else writeLine(`${programme.id} ${version} → ${folder}`);
    return STATUS.good;
  },
};

/** Files of another programme among the new ones would be read as its own. */
function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}
