/**
 * Whether the bytes are what their media type says, and harmless in structure. Pure: bytes in, verdict out.
 * PDF: Adobe/ISO 32000 names; JPEG: ITU T.81 markers; PNG: W3C PNG 3rd edition chunks.
 */
import { inflateSync } from 'node:zlib';
import type { Refusal } from '#engine/contract/case.js';

export const PIXELS_MAX = 64_000_000;
const SIDE_PIXELS_MAX = 20_000;
const INFLATED_BYTES_MAX = 32_000_000;

const NAMES: Readonly<Record<string, string>> = { 'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG' };

/** `null` when nothing speaks against the file. */
export function inspectDocument(bytes: Buffer, mediaType: string): Refusal | null {
  if (mediaType === 'application/pdf') return inspectPdf(bytes);
  const size = mediaType === 'image/png' ? sizeOfPng(bytes) : mediaType === 'image/jpeg' ? sizeOfJpeg(bytes) : null;
  if (size === null) return differs(mediaType);
  const { width, height } = size;
  const tooLarge = width > SIDE_PIXELS_MAX || height > SIDE_PIXELS_MAX || width * height > PIXELS_MAX;
  return tooLarge ? { code: 'document.dimensions', params: { limit: String(PIXELS_MAX) } } : null;
}

function differs(mediaType: string): Refusal {
  return { code: 'document.contentDiffers', params: { expected: NAMES[mediaType] ?? mediaType } };
}

/** Names that make a reader run, open or unpack something. */
const ACTIVE = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm|Rendition)(?![A-Za-z0-9])/;
const SCRIPT = /\/JS(?![A-Za-z0-9])/;
const MARKUP = /<\s*(!doctype\s+html|html|script|svg|iframe)/i;
const STREAM = /stream\r?\n([\s\S]*?)endstream/g;

function inspectPdf(bytes: Buffer): Refusal | null {
  const text = bytes.toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(text) || !text.slice(-2048).includes('%%EOF')) return differs('application/pdf');
  if (MARKUP.test(text.slice(0, 1024))) return differs('application/pdf');
  const named = withPlainNames(text);
  if (/\/Encrypt(?![A-Za-z0-9])/.test(named.replace(STREAM, ' '))) return { code: 'document.encrypted' };
  const hidden = objectStreams(bytes, text);
  if (hidden === null) return { code: 'document.activeContent' };
  const outside = `${named.replace(STREAM, ' ')} ${withPlainNames(hidden)}`;
  const isActive = ACTIVE.test(named) || ACTIVE.test(outside) || SCRIPT.test(outside);
  return isActive ? { code: 'document.activeContent' } : null;
}

/** `/J#61vaScript` is `/JavaScript`. */
function withPlainNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The objects inside compressed object streams, as text; `null` when one cannot be read, since then nobody knows what it holds. */
function objectStreams(bytes: Buffer, text: string): string | null {
  const found: string[] = [];
  let left = INFLATED_BYTES_MAX;
  for (const match of text.matchAll(/\/(?:Type\s*\/ObjStm|ObjStm)/g)) {
    const dictionaryStart = text.lastIndexOf('obj', match.index);
    const start = text.indexOf('stream', match.index);
    const end = text.indexOf('endstream', start);
    if (start < 0 || end < 0) return null;
    const dictionary = text.slice(dictionaryStart, start);
    const from = start + (text.startsWith('\r\n', start + 6) ? 8 : 7);
    if (!dictionary.includes('/Filter')) {
      found.push(text.slice(from, end));
      continue;
    }
    if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?/.test(dictionary)) return null;
    const inflated = inflate(bytes.subarray(from, end), left);
    if (inflated === null) return null;
    left -= inflated.length;
    found.push(inflated.toString('latin1'));
  }
  return found.join('\n');
}

function inflate(bytes: Buffer, bytesMax: number): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, bytesMax) });
  } catch {
    return null;
  }
}

interface PixelSize {
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Walks every chunk: IHDR first, IEND last, nothing after it. */
function sizeOfPng(bytes: Buffer): PixelSize | null {
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE) || bytes.length < 57 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  let hasData = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const next = at + 12 + bytes.readUInt32BE(at);
    if (!/^[A-Za-z]{4}$/.test(type)) return null;
    hasData ||= type === 'IDAT';
    if (type === 'IEND') return next === bytes.length && hasData && size.width > 0 && size.height > 0 ? size : null;
    at = next;
  }
  return null;
}

/** Walks the segments up to the start of the scan; the frame header gives the size. */
function sizeOfJpeg(bytes: Buffer): PixelSize | null {
  if (bytes.length < 20 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) return null;
  let size: PixelSize | null = null;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && at + 9 <= bytes.length) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === 0xda) return size && size.width > 0 && size.height > 0 ? size : null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
