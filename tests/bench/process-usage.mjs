import { readFileSync, readdirSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Processor seconds that a process and all below it have used so far (Linux; elsewhere 0, and the table says so). */
export function readProcessorSeconds(pid) {
  if (process.platform !== 'linux') return 0;
  return familyOf(pid).reduce((sum, member) => sum + ticksOf(member) / TICKS_PER_SECOND, 0);
}

/** Resident memory of one process, MiB. */
export function readMemoryMib(pid) {
  if (process.platform !== 'linux') return 0;
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').find((one) => one.startsWith('VmRSS:'));
  return Math.round(Number(/[0-9]+/.exec(line ?? '0')?.[0] ?? 0) / 1024);
}

function ticksOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    // utime, stime, and those of children already waited for.
    return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  } catch {
    return 0;
  }
}

function familyOf(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended between the two calls.
    }
  }
  const family = [pid];
  for (let index = 0; index < family.length; index += 1) {
    for (const [child, parent] of parents) if (parent === family[index]) family.push(child);
  }
  return family;
}
