import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';
import { filesUnder } from './sources.js';

interface Generated {
  readonly file: string;
  readonly text: string;
}

const { generateTypes } = (await import(/* @vite-ignore */ pathToFileURL(join(packageRoot(), 'bin/types.mjs')).href)) as { generateTypes: () => Promise<readonly Generated[]> };

test('definitions/types is what `npm run types` writes from definitions/schemas, no more and no less', async () => {
  const generated = await generateTypes();
  for (const { file, text } of generated) expect(readFileSync(file, 'utf8'), `${file} is stale: npm run types`).toBe(text);
  const paths = generated.map(({ file }) => relative(packageRoot(), file)).sort();
  expect(filesUnder('definitions/types', (path) => path.endsWith('.ts'))).toEqual(paths);
});
