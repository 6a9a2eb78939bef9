import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflateRaw } from 'node:zlib';

const ZIP_END = 0x06054b50;
const ZIP_ENTRY = 0x02014b50;
const ZIP_END_BYTES_MIN = 22;
const ZIP_COMMENT_BYTES_MAX = 65_535;
const ZIP_DIRECTORY_BYTES_MAX = 4 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;
const TAR_BLOCK_BYTES = 512;

export interface Extraction {
  readonly archive: string;
  /** Last part of the wanted entry's path: `temporal`. */
  readonly entry: string;
  readonly output: string;
  /** Lower-case hex; another content is deleted and refused. */
  readonly sha256: string;
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly headerOffset: number;
}

/** Writes one entry of a zip file (a Python wheel is one) to `output`, checked. Without zip64: entries under 4 GiB. */
export async function extractFromZip(extraction: Extraction): Promise<void> {
  const entry = await findZipEntry(extraction.archive, extraction.entry);
  const start = await zipContentOffset(extraction.archive, entry);
  const packed = createReadStream(extraction.archive, { start, end: start + entry.packedBytes - 1 });
  if (entry.method === STORED) return writeChecked(packed, extraction);
  if (entry.method !== DEFLATED) throw new Error(`${extraction.archive}: ${entry.name} is packed in an unknown way (${entry.method})`);
  const plain = createInflateRaw();
  packed.on('error', (error) => plain.destroy(error));
  packed.pipe(plain);
  return writeChecked(plain, extraction);
}

/** The same from a gzipped tar archive. */
export async function extractFromTarGz(extraction: Extraction): Promise<void> {
  const packed = createReadStream(extraction.archive);
  const plain = createGunzip();
  packed.on('error', (error) => plain.destroy(error));
  packed.pipe(plain);
  const entry = tarEntryReader(extraction.entry);
  plain.on('error', (error) => entry.destroy(error));
  plain.pipe(entry);
  await writeChecked(entry, extraction);
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function writeChecked(content: Readable, { output, sha256, entry }: Extraction): Promise<void> {
  const hash = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, tap, createWriteStream(output, { mode: 0o755 }));
  const found = hash.digest('hex');
  if (found === sha256) return;
  await rm(output, { force: true });
  throw new Error(`${entry}: SHA-256 is ${found}, expected ${sha256}`);
}

async function findZipEntry(archive: string, wanted: string): Promise<ZipEntry> {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    const tailBytes = Math.min(size, ZIP_END_BYTES_MIN + ZIP_COMMENT_BYTES_MAX);
    const tail = Buffer.alloc(tailBytes);
    await file.read(tail, 0, tailBytes, size - tailBytes);
    let end = tailBytes - ZIP_END_BYTES_MIN;
    while (end >= 0 && tail.readUInt32LE(end) !== ZIP_END) end -= 1;
    if (end < 0) throw new Error(`${archive} is not a zip file`);
    const directoryBytes = tail.readUInt32LE(end + 12);
    if (directoryBytes > ZIP_DIRECTORY_BYTES_MAX) throw new Error(`${archive}: its directory is too long`);
    const directory = Buffer.alloc(directoryBytes);
    await file.read(directory, 0, directoryBytes, tail.readUInt32LE(end + 16));
    const entry = zipEntries(directory).find(({ name }) => name.split('/').at(-1) === wanted);
    if (!entry) throw new Error(`${archive} has no ${wanted}`);
    return entry;
  } finally {
    await file.close();
  }
}

function zipEntries(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === ZIP_ENTRY) {
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function zipContentOffset(archive: string, entry: ZipEntry): Promise<number> {
  const file = await open(archive);
  try {
    const header = Buffer.alloc(30);
    await file.read(header, 0, 30, entry.headerOffset);
    return entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

/** Passes on the content of the wanted entry only. */
function tarEntryReader(wanted: string): Transform {
  let pending: Buffer = Buffer.alloc(0);
  let contentBytes = 0;
  let paddingBytes = 0;
  let isWanted = false;
  let isFound = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      for (;;) {
        if (contentBytes > 0 || paddingBytes > 0) {
          const content = pending.subarray(0, contentBytes);
          const skipped = Math.min(paddingBytes, pending.length - content.length);
          if (isWanted && content.length > 0) this.push(Buffer.from(content));
          contentBytes -= content.length;
          paddingBytes -= skipped;
          pending = pending.subarray(content.length + skipped);
          if (contentBytes > 0 || paddingBytes > 0) break;
        }
        if (pending.length < TAR_BLOCK_BYTES) break;
        const header = readTarHeader(pending);
        pending = pending.subarray(TAR_BLOCK_BYTES);
        isWanted = !isFound && header.isFile && header.name.split('/').at(-1) === wanted;
        isFound ||= isWanted;
        contentBytes = header.bytes;
        paddingBytes = (TAR_BLOCK_BYTES - (header.bytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES;
      }
      done();
    },
    flush(done) {
      done(isFound ? null : new Error(`the archive has no ${wanted}`));
    },
  });
}

function readTarHeader(block: Buffer): { name: string; bytes: number; isFile: boolean } {
  const text = (from: number, to: number): string => block.toString('latin1', from, to).split('\0')[0] ?? '';
  const bytes = Number.parseInt(text(124, 136).trim() || '0', 8);
  const kind = block[156] ?? 0;
  return { name: text(0, 100), bytes: Number.isFinite(bytes) ? bytes : 0, isFile: kind === 0 || kind === 0x30 };
}
