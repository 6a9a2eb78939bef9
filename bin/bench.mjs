// npm run bench [name …] [--quick]: each bench prints its table and keeps it in tests/bench/README.md.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'tests/bench');
const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const options = words.filter((word) => word.startsWith('--'));

await build({ log: (line) => console.log(line) });
const names = readdirSync(folder).filter((name) => name.endsWith('.bench.mjs')).map((name) => name.replace('.bench.mjs', ''));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`\n## ${name}`);
  const { status } = spawnSync(process.execPath, [join(folder, `${name}.bench.mjs`), ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
