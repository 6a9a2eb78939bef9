import { spawnSync } from 'node:child_process';
import { isPortFree } from '#commands/servers/ports.js';

const PORTS = 6;

/** Running processes whose command line names one of these, as `pid command line`; this one and its `ps` left out. */
export function processesOf(marks: readonly string[]): readonly string[] {
  const { stdout } = spawnSync('ps', ['-axww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((match) => (match === null ? [] : [{ pid: Number(match[1]), state: match[2] ?? '', command: match[3] ?? '' }]))
    .filter(({ pid, state, command }) => pid !== process.pid && !state.startsWith('Z') && marks.some((mark) => command.includes(mark)))
    .map(({ pid, command }) => `${pid} ${command}`);
}

/** A port base whose six ports nobody holds right now. */
export async function findFreeBase(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const base = 30_000 + Math.floor(Math.random() * 2_000) * 10;
    const free = await Promise.all(Array.from({ length: PORTS }, (_, offset) => isPortFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no six free ports in a row were found');
}
