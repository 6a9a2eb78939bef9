// What a citizen's phone downloads: each widget with everything it needs at first, gzip.
import { fileURLToPath } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWidgets } from '../../widgets/build.mjs';
import { keepTable, printTable } from './table.mjs';

const outDir = mkdtempSync(join(tmpdir(), 'diktyo-sizes-'));
const lines = [];
await buildWidgets({ root: fileURLToPath(new URL('../..', import.meta.url)), outDir, log: (line) => lines.push(line) });
rmSync(outDir, { recursive: true, force: true });
const rows = lines.map((line) => /^(?:widgets: )?(.+?) ([0-9.]+) KiB gzip(?: \(goal ([0-9.]+)\))?/.exec(line)).filter(Boolean).map(([, name, size, budget]) => [name, budget === undefined ? '' : `≤ ${budget} KiB`, `${size} KiB`]);
const table = printTable(['bundle', 'budget', 'gzip'], rows);
console.log(table);
keepTable('sizes', `\`apply\` is everything any form may need; what a whole visit loads is measured in the browser by \`tests/widgets/sizes.test.ts\`.\n\n${table}`);
