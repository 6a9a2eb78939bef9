import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { extractFromTarGz, extractFromZip } from '#commands/servers/archives.js';

const folder = mkdtempSync(join(tmpdir(), 'diktyo-archives-'));
const CONTENT = Buffer.from('#!/bin/sh\necho διακομιστής\n'.repeat(5_000));
const sha256 = createHash('sha256').update(CONTENT).digest('hex');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Entry {
  readonly name: string;
  readonly content: Buffer;
  readonly method: 0 | 8;
}

/** A zip file as the format says: local headers, directory, end. Checksums are left out: the reader trusts SHA-256 only. */
function zipOf(entries: readonly Entry[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method } of entries) {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(content.length, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const middle = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(middle.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, middle, end, Buffer.from(comment)]);
}

function tarOf(entries: readonly { readonly name: string; readonly content: Buffer }[]): Buffer {
  const blocks = entries.flatMap(({ name, content }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function written(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const other = { name: 'package/METADATA', content: Buffer.from('not this') };

describe.each([
  ['a deflated entry of a zip', 'a.zip', zipOf([{ ...other, method: 0 }, { name: 'data/scripts/temporal', content: CONTENT, method: 8 }]), extractFromZip],
  ['a stored entry of a zip that ends in a comment', 'b.zip', zipOf([{ name: 'x/temporal', content: CONTENT, method: 0 }, { ...other, method: 8 }], 'packed by hand'), extractFromZip],
  ['an entry of a gzipped tar', 'c.tar.gz', tarOf([other, { name: 'temporal', content: CONTENT }, other]), extractFromTarGz],
] as const)('%s', (_, name, bytes, extract) => {
  test('is written whole and executable', async () => {
    const output = join(folder, `${name}.out`);
    await extract({ archive: written(name, bytes), entry: 'temporal', output, sha256 });
    expect(readFileSync(output).equals(CONTENT)).toBe(true);
    expect(statSync(output).mode & 0o111).not.toBe(0);
  });

  test('is refused, and nothing is left, when its content is not what was pinned', async () => {
    const output = join(folder, `${name}.refused`);
    await expect(extract({ archive: written(name, bytes), entry: 'temporal', output, sha256: '0'.repeat(64) })).rejects.toThrow(/SHA-256/);
    expect(existsSync(output)).toBe(false);
  });

  test('that is not there is told by name', async () => {
    const order = { archive: written(name, bytes), entry: 'missing', output: join(folder, `${name}.missing`), sha256 };
    await expect(extract(order)).rejects.toThrow(/missing/);
  });

  test('of a file cut in two is refused', async () => {
    const archive = written(`cut-${name}`, bytes.subarray(0, Math.floor(bytes.length / 2)));
    await expect(extract({ archive, entry: 'temporal', output: join(folder, `${name}.cut`), sha256 })).rejects.toThrow();
  });
});
