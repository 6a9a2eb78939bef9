import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtFolder } from '#tests/support/shared.js';

const KIB = 1024;

describe('what a page downloads, in gzip', () => {
  it.each([
    ['loader', 3],
    ['applyStart', 25],
    ['track', 8],
    // The goal is 25; this only holds what has been reached.
    ['apply', 50],
  ] as const)('%s is at most %i KiB', async (part, kib) => {
    const manifest = JSON.parse(readFileSync(join(await builtFolder(), 'assets/manifest.json'), 'utf8')) as { gzipBytes: Record<string, number> };
    expect(manifest.gzipBytes[part]).toBeGreaterThan(0);
    expect(manifest.gzipBytes[part]).toBeLessThanOrEqual(kib * KIB);
  });
});
