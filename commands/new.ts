import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readProgrammeFolder, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Command } from './command.js';
import { STATUS, writeJsonLine, writeLine } from './programmes/print.js';

const NAME = /^[a-z][A-Za-z0-9-]{0,63}$/;

export const newCommand: Command = {
  name: 'new',
  arguments: '[name]',
  describe: 'Start a programme: a working folder with a guide in it, which checks and passes its cases',
  options: [
    { flags: '--in <folder>', describe: 'where the new folder is made; here when absent' },
    { flags: '--json', describe: 'tell the folder as JSON' },
  ],
  run: async ({ options, arguments: [name] }) => {
    const parent = typeof options['in'] === 'string' ? options['in'] : '.';
    if (name === undefined || !NAME.test(name) || existsSync(join(parent, name))) return STATUS.usage;
    const skeleton = join(dirname(createRequire(import.meta.url).resolve('#package')), 'commands/programmes/skeleton');
    const folder = join(parent, name);
    const { programme, ...rest } = await readProgrammeFolder(skeleton);
    await writeProgrammeFolder(folder, { ...rest, programme: { ...programme, id: name } });
    await cp(join(skeleton, 'README.md'), join(folder, 'README.md'));
    if (options['json'] === true) writeJsonLine({ programme: name, folder });
    else writeLine(folder);
    return STATUS.good;
  },
};
