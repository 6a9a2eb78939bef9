// What becomes of the pieces that esbuild makes of the public widgets, before they are packed. Plain JavaScript, beside
// build.mjs.
import { readFileSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { transform } from 'esbuild';
import { minify } from 'terser';

export const MINIFYING = { module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true, pure_getters: true, drop_console: true, lhs_constants: false }, format: { ecma: 2020 } };

/** A second hand over what esbuild made: it folds and inlines what esbuild leaves. `ownNames`: of properties that were shortened. */
export async function shorten(folder, ownNames) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const source = await readFile(path, 'utf8');
    const kept = new RegExp(`(?:["']|\\bas )(${ownNames.join('|')})(?:["',}])`).exec(source);
    if (kept !== null) throw new Error(`${name}: «${kept[1]}» is in OWN_NAMES and stands in a text or among exports`);
    const { code } = await minify(source, MINIFYING);
    await writeFile(path, code);
  }
}

/**
 * A piece that several need is a file of its own, and what is left of the entry that asked for it is a door: names, and
 * the piece's. Whoever imports the door later gets the piece itself, which spares a file and a round trip.
 */
export async function openDirectly({ root, out, outputs }) {
  for (const [path, { entryPoint, inputs, imports }] of Object.entries(outputs)) {
    if (entryPoint === undefined || Object.keys(inputs).some((input) => inputs[input].bytesInOutput > 0)) continue;
    const door = resolve(root, path);
    const source = await readFile(door, 'utf8');
    if (/^(import"[^"]+";?)+$/.test(source)) {
      // Asked for nothing by name: whoever needs it needs the piece that came of its folder.
      const { path: whole } = imports.find((one) => Object.entries(outputs[one.path].inputs).some(([input, { bytesInOutput }]) => bytesInOutput > 0 && dirname(input) === dirname(entryPoint)));
      outputs[whole].entryPoint = entryPoint;
      await rm(door);
      delete outputs[path];
      continue;
    }
    const [, names, piece] = /^import\{([^}]*)\}from"\.\/([^"]+)";export\{[^}]*\};?$/.exec(source.replace(/import"[^"]*";/g, '')) ?? [];
    if (piece === undefined) throw new Error(`${path} is more than a door`);
    const inside = new Map(names.split(',').map((name) => name.split(' as ')).map(([given, own = given]) => [own, given]));
    const asked = /export\{([^}]*)\}/.exec(source)[1].split(',').map((name) => name.split(' as ')).map(([own, outer = own]) => [inside.get(own), outer]);
    const whole = join(dirname(door), piece);
    const code = await readFile(whole, 'utf8');
    const exported = new Map(/export\{([^}]*)\};?$/.exec(code)[1].split(',').map((name) => name.split(' as ')).map(([own, outer = own]) => [outer, own]));
    await writeFile(whole, code.replace(/\};?$/, `,${asked.map(([outer, name]) => `${exported.get(outer)} as ${name}`).join(',')}};`));
    for (const file of readdirSync(dirname(door))) {
      const other = join(dirname(door), file);
      const text = await readFile(other, 'utf8');
      if (text.includes(basename(door))) await writeFile(other, text.replaceAll(`import("./${basename(door)}")`, `import("./${piece}")`));
    }
    await rm(door);
    for (const other of Object.values(outputs)) for (const one of other.imports) if (one.path === path) one.path = imports.find((needed) => needed.path.endsWith(piece)).path;
    delete outputs[path];
  }
}

const LISTS = /(import|export)\{([^}]*)\}(?:from"\.\/([^"]+)")?/g;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const SHARED_NAMES = [...LETTERS, ...LETTERS.flatMap((first) => LETTERS.map((second) => first + second))].filter((name) => !['as', 'do', 'if', 'in', 'is', 'of'].includes(name));

/**
 * What one piece takes from another has one name on both sides, in both: `a` says what `rt as a` says, and a hundred stand
 * in the lists of the pieces. What is asked for at run time, by `import()`, keeps its name.
 */
export async function nameAlike(folder) {
  const sources = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const listsOf = (file) => [...sources.get(file).matchAll(LISTS)].map(([, kind, list, from]) => ({ isImport: kind === 'import', pairs: pairsOf(list), from }));
  const taken = new Set([...sources.keys()].flatMap((file) => listsOf(file).flatMap(({ pairs, from }) => (from === undefined ? [] : pairs.map(([outer]) => `${from} ${outer}`)))));
  const names = new Map();
  const ends = new Map();
  // A piece goes on counting where those end from which it takes: so its names, as its address, depend on them and on it alone.
  const nameThoseOf = (file) => {
    if (ends.has(file)) return ends.get(file);
    const lists = listsOf(file);
    let place = Math.max(0, ...lists.filter(({ from }) => from !== undefined).map(({ from }) => nameThoseOf(from)));
    for (const { isImport, pairs } of lists) if (!isImport) for (const [, outer] of pairs) if (taken.has(`${file} ${outer}`)) names.set(`${file} ${outer}`, SHARED_NAMES[place++]);
    ends.set(file, place);
    return place;
  };
  for (const [file, source] of sources) {
    nameThoseOf(file);
    const own = new Map();
    const renamed = source.replace(LISTS, (...[, kind, list, from]) => {
      const renamedList = pairsOf(list).map(([first, second]) => {
        const [inner, outer] = kind === 'import' ? [second, first] : [first, second];
        const known = names.get(`${from ?? file} ${outer}`);
        const name = known ?? outer;
        if (known !== undefined && !own.has(`$${inner}`) && ![...own.values()].includes(name)) own.set(`$${inner}`, name);
        return kind === 'import' ? `${name} as ${inner}` : `${inner} as ${name}`;
      });
      return `${kind}{${renamedList.join()}}${from === undefined ? '' : `from"./${from}"`}`;
    });
    const { code } = await minify(renamed, { ...MINIFYING, nameCache: { vars: { props: Object.fromEntries(own) } } });
    // Two things of one name would not be a module.
    await transform(code, { loader: 'js', format: 'esm' });
    await writeFile(join(folder, file), code);
  }
}

function pairsOf(list) {
  return list.split(',').filter(Boolean).map((one) => one.split(' as ')).map(([first, second = first]) => [first, second]);
}
