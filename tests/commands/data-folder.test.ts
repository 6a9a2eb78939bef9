import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandRefused } from '#commands/command.js';
import { claimDataFolder } from '#commands/start/data-folder.js';
import { identityOf, isAlive } from '#commands/start/process-identity.js';

let path = '';

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'diktyo-data-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

/** A process that does nothing, as a part of an earlier start would look like. */
async function sleeper(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => 0, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
}

describe('The data folder', () => {
  test('keeps its secrets across starts, readable by their owner alone', async () => {
    const first = await claimDataFolder({ path, reset: false });
    first.release();
    const second = await claimDataFolder({ path, reset: false });
    expect(second.secrets).toEqual(first.secrets);
    expect(statSync(join(path, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(Buffer.from(first.secrets.codeKey, 'base64')).toHaveLength(32);
    expect(new Set(Object.values(first.secrets.rolePasswords)).size).toBe(Object.keys(first.secrets.rolePasswords).length);
  });

  test('is refused while another start runs in it, naming its process', async () => {
    const pid = await sleeper();
    writeFileSync(join(path, 'run.json'), JSON.stringify({ parent: identityOf(pid), children: {} }));
    await expect(claimDataFolder({ path, reset: false })).rejects.toThrow(String(pid));
    process.kill(pid, 'SIGKILL');
  });

  test('taken over after a kill: what the dead start left running is ended', async () => {
    const left = identityOf(await sleeper());
    if (!left) throw new Error('the process should run');
    writeFileSync(join(path, 'run.json'), JSON.stringify({ parent: { pid: 999_999_999, began: '1' }, children: { api: left } }));
    const folder = await claimDataFolder({ path, reset: false });
    expect(folder.tookOver).toBe(true);
    expect(isAlive(left)).toBe(false);
  });

  test('a process that was given the number of a dead one is left alone', async () => {
    const stranger = identityOf(await sleeper());
    if (!stranger) throw new Error('the process should run');
    const asRemembered = { pid: stranger.pid, began: 'another time' };
    writeFileSync(join(path, 'run.json'), JSON.stringify({ parent: asRemembered, children: { api: asRemembered } }));
    const folder = await claimDataFolder({ path, reset: false });
    expect(folder.tookOver).toBe(false);
    expect(isAlive(stranger)).toBe(true);
    process.kill(stranger.pid, 'SIGKILL');
  });

  test('is emptied on request, with new secrets', async () => {
    const before = await claimDataFolder({ path, reset: false });
    mkdirSync(join(path, 'postgres'));
    before.release();
    const after = await claimDataFolder({ path, reset: true });
    expect(existsSync(join(path, 'postgres'))).toBe(false);
    expect(after.secrets.codeKey).not.toBe(before.secrets.codeKey);
  });

  test('with somebody else’s files in it is never emptied', async () => {
    writeFileSync(join(path, 'thesis.odt'), 'years of work');
    await expect(claimDataFolder({ path, reset: true })).rejects.toThrow(CommandRefused);
    expect(readFileSync(join(path, 'thesis.odt'), 'utf8')).toBe('years of work');
  });
});
