import { connect } from 'node:net';

/** `unknown`: the scanner did not answer; the file stays in quarantine and nobody can download it. */
export type ScanVerdict = 'clean' | 'refused' | 'unknown';

export interface Scanner {
  scan(bytes: Uint8Array): Promise<ScanVerdict>;
}

/** Without a scanner of malware, the check of the structure (inspection.ts) is the whole check. */
export const structureScanner: Scanner = { scan: () => Promise.resolve('clean') };

const TIMEOUT_MS = 15_000;
const CHUNK_BYTES = 65_536;

/** clamd over TCP, command INSTREAM: chunks with a four-byte length, an empty one at the end. */
export function clamdScanner({ host, port }: { readonly host: string; readonly port: number }): Scanner {
  return { scan: (bytes) => scanWith({ host, port }, bytes).catch((): ScanVerdict => 'unknown') };
}

function scanWith(address: { readonly host: string; readonly port: number }, bytes: Uint8Array): Promise<ScanVerdict> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let answer = '';
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('clamd did not answer in time')));
    socket.on('error', reject);
    socket.on('data', (part: Buffer) => {
      answer = (answer + part.toString('latin1')).slice(0, 1000);
    });
    socket.on('close', () => resolve(verdictOf(answer)));
    socket.on('connect', () => {
      socket.write('zINSTREAM\0');
      for (let from = 0; from < bytes.length; from += CHUNK_BYTES) socket.write(chunk(bytes.subarray(from, from + CHUNK_BYTES)));
      socket.write(chunk(new Uint8Array()));
    });
  });
}

function chunk(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function verdictOf(answer: string): ScanVerdict {
  if (/\bFOUND\0?$/.test(answer.trimEnd())) return 'refused';
  return /\bOK\0?$/.test(answer.trimEnd()) ? 'clean' : 'unknown';
}
