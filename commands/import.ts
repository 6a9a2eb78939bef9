import { folderOf } from '#definitions/folder/bundle.js';
import { hashDocument, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine, tellUsage } from './programmes/print.js';
import { casesOf, checkSource, overlaysOf, readSource } from './programmes/source.js';

/** Names of case files: nothing that leads out of the folder. */
const CASE_NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;

export const importCommand: Command = {
  name: 'import',
  arguments: '[file] [folder]',
  describe: 'Write the folder of a programme from one document',
  options: [
    { flags: '--json', describe: 'tell the version as JSON' },
    { flags: '--language <code>', describe: 'el or en' },
  ],
  run: async ({ options, arguments: [path, folder] }) => {
    if (path === undefined || folder === undefined) return tellUsage('usage.import', options);
    const source = await readSource(path);
    const findings = await checkSource(source);
    const examples = casesOf(source);
    if (hasErrors(findings) || !examples.every(({ name }) => CASE_NAME.test(name))) {
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
