// What a citizen's phone downloads: each widget with everything it needs at first, gzip.
import { fileURLToPath } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWidgets, measureLanguage } from '../../widgets/build.mjs';
import { keepTable, printTable } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = mkdtempSync(join(tmpdir(), 'diktyo-sizes-'));
const lines = [];
await buildWidgets({ root, outDir, log: (line) => lines.push(line) });
rmSync(outDir, { recursive: true, force: true });
const rows = lines.map((line) => /^(?:widgets: )?(.+?) ([0-9.]+) KiB gzip(?: \(goal ([0-9.]+)\))?/.exec(line)).filter(Boolean).map(([, name, size, budget]) => [name, budget === undefined ? '' : `≤ ${budget} KiB`, `${size} KiB`]);
const { evaluator, explanation, formLogic, telling } = await measureLanguage({ root });
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
rows.push(['language: evaluator (three values, trace written, the words of forms)', '', kib(evaluator)], ['… with the explanation (what was read, why not known, what is missing)', '', kib(explanation)], ['… with the logic of forms (asked, required, wrong, next page, sent)', '≤ 8 KiB', kib(formLogic)], ['… with its words (summary, sentences of findings; texts apart)', '', kib(telling)]);
const table = printTable(['bundle', 'budget', 'gzip'], rows);
console.log(table);
keepTable('sizes', `\`applyVisit\` is a whole wildfire application, as \`tests/widgets/sizes.test.ts\` proves in a browser; \`apply\` everything any form may need.
The language is bundled alone by the steps of the delivered files: what the widgets import of it, field types apart.

${table}`);
