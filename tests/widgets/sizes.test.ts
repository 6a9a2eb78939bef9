import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';
import { builtFolder } from '#tests/support/shared.js';
import { field, fillApplicant, fillHome, fillHousehold, heading, press } from './filling.js';
import type { Town } from './town.js';
import { startTown, visit } from './town.js';

const KIB = 1024;
const PDF = { name: 'e1.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') };

/** Bytes of a built script as it is sent to who takes gzip. */
function zippedBytes(dist: string, path: string): number {
  return statSync(join(dist, 'assets', `${path}.gz`)).size;
}

describe('what a page downloads, in gzip', () => {
  it.each([
    ['loader', 3],
    ['applyStart', 25],
    ['track', 8],
    // Everything that any form may ever need, every field type and every word of the language; no visit loads it all.
    ['apply', 32],
  ] as const)('%s is at most %i KiB', async (part, kib) => {
    const manifest = JSON.parse(readFileSync(join(await builtFolder(), 'assets/manifest.json'), 'utf8')) as { gzipBytes: Record<string, number> };
    expect(manifest.gzipBytes[part]).toBeGreaterThan(0);
    expect(manifest.gzipBytes[part]).toBeLessThanOrEqual(kib * KIB);
  });
});

describe('the language in a browser, in gzip, as it is delivered', () => {
  type Measure = (options: { readonly root: string }) => Promise<Readonly<Record<'evaluator' | 'explanation' | 'formLogic' | 'telling', number>>>;
  const script = new URL(`file://${join(packageRoot(), 'widgets/build.mjs')}`).href;
  const sizes = import(script).then(({ measureLanguage }: { readonly measureLanguage: Measure }) => measureLanguage({ root: packageRoot() }));

  it('is at most 6 KiB: the evaluator, the explanation and the logic of forms', async () => {
    const { evaluator, explanation, formLogic } = await sizes;
    expect(evaluator).toBeGreaterThan(3 * KIB);
    expect(explanation).toBeGreaterThan(evaluator);
    expect(formLogic).toBeGreaterThan(explanation);
    expect(formLogic).toBeLessThanOrEqual(6 * KIB);
  });

  it('is, with the words for answers and findings, at most what has been reached: 6.4 KiB', async () => {
    expect((await sizes).telling).toBeLessThanOrEqual(6.4 * KIB);
  });
});

describe('a whole wildfire application in a browser', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown();
  });
  afterAll(() => town?.close());

  /** The scripts of the engine that the browser fetches, in the order in which it does. */
  async function applyAndRecord(): Promise<readonly string[]> {
    const scripts: string[] = [];
    const { page, complaints, close } = await visit(town, '/mandra-eidyllia/');
    page.on('request', (request) => {
      if (request.url().startsWith(town.engineUrl) && request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
    });
    await page.goto(`${town.siteUrl}/mandra-eidyllia/apply`);
    await press(page, 'Έναρξη αίτησης');
    await press(page, 'Συνέχεια');
    await page.getByRole('alert').filter({ hasText: 'Κάτι χρειάζεται διόρθωση' }).waitFor();
    await fillHome(page);
    await press(page, 'Συνέχεια');
    await fillApplicant(page);
    await press(page, 'Συνέχεια');
    await field(page, /E-mail/).fill('eleni@example.gr');
    await press(page, 'Συνέχεια');
    await fillHousehold(page);
    await press(page, 'Συνέχεια');
    await page.locator('input[type=file]').first().setInputFiles(PDF);
    await page.getByText('Ανέβηκε').first().waitFor();
    await press(page, 'Συνέχεια');
    await page.getByRole('checkbox').check();
    await press(page, 'Συνέχεια');
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    expect(complaints).toEqual([]);
    await close();
    return [...new Set(scripts)];
  }

  it('loads, from start to receipt and beside the loader, at most 25 KiB', async () => {
    const dist = await builtFolder();
    const scripts = await applyAndRecord();
    const chunks = scripts.filter((path) => path.startsWith('/assets/chunks/')).map((path) => path.slice('/assets/'.length));
    expect(scripts.filter((path) => !path.startsWith('/assets/chunks/'))).toEqual(['/embed/v1.js']);
    // What is shared, what is its own, and one language.
    expect(chunks).toHaveLength(3);
    const bytes = chunks.map((path) => [path, zippedBytes(dist, path)] as const);
    const total = bytes.reduce((sum, [, size]) => sum + size, 0);
    expect(total, JSON.stringify(bytes)).toBeLessThanOrEqual(25 * KIB);
    // What the build says of it, and the bench prints, is what a browser does.
    const manifest = JSON.parse(readFileSync(join(dist, 'assets/manifest.json'), 'utf8')) as { gzipBytes: Record<string, number> };
    expect(total).toBe(manifest.gzipBytes['applyVisit']);
  });
});
