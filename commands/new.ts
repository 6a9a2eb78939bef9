import { cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readProgrammeFolder, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Command } from './command.js';
import { STATUS, languageOf, tellUsage, writeJsonLine, writeLine } from './programmes/print.js';
import { textOf } from './texts.js';

const NAME = /^[a-z][A-Za-z0-9-]{0,63}$/;

export const newCommand: Command = {
  name: 'new',
  arguments: '[name]',
  options: [
    { flags: '--in <folder>' },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: [name] }) => {
    const parent = typeof options['in'] === 'string' ? options['in'] : '.';
    if (name === undefined) return tellUsage('new.nameMissing', options);
    if (!NAME.test(name)) return tellUsage('new.nameForm', options, { name, like: nameLike(name) });
    if (!existsSync(parent)) return tellUsage('new.parentMissing', options, { folder: parent });
    if (existsSync(join(parent, name))) return tellUsage('new.exists', options, { folder: join(parent, name) });
    const skeleton = join(dirname(createRequire(import.meta.url).resolve('#package')), 'commands/programmes/skeleton');
    const folder = join(parent, name);
    const { programme, ...rest } = await readProgrammeFolder(skeleton);
    // Only this one folder: made with its parents, a place like /proc is tried for ever.
    await mkdir(folder);
    await writeProgrammeFolder(folder, { ...rest, programme: { ...programme, id: name } });
    await cp(join(skeleton, 'README.md'), join(folder, 'README.md'));
    if (options['json'] === true) writeJsonLine({ programme: name, folder });
    else writeLine(textOf(languageOf(options['language']), 'new.done', { folder }));
    return STATUS.good;
  },
};

const LATIN: { readonly [letter: string]: string } = { α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' };

/** A name of the allowed form that looks like what was typed: «Βοήθεια ενοικίου» → voitheia-enoikioy. */
function nameLike(words: string): string {
  const plain = [...words.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')].map((letter) => LATIN[letter] ?? letter).join('');
  const name = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-+$/g, '').slice(0, 64);
  return name === '' ? 'rent-help' : name;
}
