// What the run cost: memory, load, histories.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { caseWorkflowId } from '#engine/contract/kernel.js';

const LOOK_MS = 1_000;
const DESCRIBED_AT_ONCE = 20;

/** MiB now and the highest ever, as the kernel keeps it (Linux; elsewhere 0). */
export function readMemory(pid) {
  if (process.platform !== 'linux') return { nowMib: 0, highestMib: 0 };
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024);
  return { nowMib: read('VmRSS'), highestMib: read('VmHWM') };
}

/** The load of the machine, looked at every second. */
export function watchLoad() {
  const seen = [loadavg()[0]];
  const timer = setInterval(() => seen.push(loadavg()[0]), LOOK_MS);
  return () => {
    clearInterval(timer);
    return { first: seen[0], mean: seen.reduce((sum, one) => sum + one, 0) / seen.length };
  };
}

/** Events and bytes of every case's history, by the server's own count. */
export async function measureHistories({ address, cases }) {
  const { client, connection } = openTemporalClient({ address, namespace: 'default', tls: false });
  const found = [];
  const left = [...cases];
  const describe = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const { historyLength, historySize } = await client.workflow.getHandle(caseWorkflowId(one.municipality, one.caseId)).describe();
      found.push({ events: Number(historyLength), bytes: Number(historySize ?? 0) });
    }
  };
  await Promise.all(Array.from({ length: DESCRIBED_AT_ONCE }, describe));
  await connection.close();
  return found;
}
