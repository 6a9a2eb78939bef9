import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '#commands/servers/ports.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { builtFolder } from '#tests/support/shared.js';

describe('A part that cannot start', () => {
  it.each(['api', 'worker', 'relay'])('ends, although the channel to whoever started it is open, so that it is started again: %s', async (part) => {
    const main = join(await builtFolder(), 'commands/main.js');
    const child = spawn(process.execPath, [main, part], {
      cwd: packageRoot(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, DATABASE_URL: `postgres://diktyo_${part}:x@127.0.0.1:${await freePort()}/diktyo`, TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`, DIKTYO_PORT: '0' },
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(late);
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    expect(said).toContain('StoreUnavailableError');
  });
});
