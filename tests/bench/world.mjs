import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedDemo } from '#commands/demo/seed.js';
import { freePort } from '#commands/servers/ports.js';
import { startPostgres } from '#commands/servers/postgres-server.js';
import { startTemporalDevServer } from '#commands/servers/temporal-dev-server.js';
import { migrate } from '#engine/store/migrate.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** As `npm start` and the production notes run a part. */
export const MEMORY_WORDS = { worker: ['--max-semi-space-size=4'] };
const PASSWORDS = { diktyo_api: 'bench', diktyo_worker: 'bench', diktyo_relay: 'bench', diktyo_audit: 'bench' };

/** Real servers with the programmes published, in a folder that is removed at the end; parts are started on demand. */
export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'diktyo-bench-'));
  mkdirSync(join(folder, 'run'));
  const [postgresPort, temporalPort, enginePort, identityPort, sitePort] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), port: postgresPort, password: 'bench' });
  const startTemporal = () => startTemporalDevServer({ file: join(folder, 'temporal.db'), port: temporalPort });
  let temporal = await startTemporal();
  const ownerUrl = postgres.ownerUrl();
  await migrate({ databaseUrl: ownerUrl, rolePasswords: PASSWORDS, log: () => undefined });
  const roleUrl = (role) => Object.assign(new URL(ownerUrl), { username: role, password: 'bench' }).href;
  const codeKey = randomBytes(32).toString('base64');
  const engineUrl = `http://localhost:${enginePort}`;
  const issuer = `http://localhost:${identityPort}`;
  await seedDemo({ ownerUrl, apiUrl: roleUrl('diktyo_api'), engineUrl, siteUrl: `http://localhost:${sitePort}`, issuer, codeKey, log: () => undefined });
  const children = [];
  const environment = {
    DIKTYO_MODE: 'development',
    DIKTYO_PUBLIC_URL: engineUrl,
    DIKTYO_HOST: '127.0.0.1',
    DIKTYO_PORT: String(enginePort),
    DIKTYO_CODE_KEY: codeKey,
    DIKTYO_LOGIN_ISSUER: issuer,
    DIKTYO_LOGIN_CLIENT_ID: 'diktyo-desk',
    DIKTYO_LOG_LEVEL: 'warn',
    DIKTYO_IDENTITY_PORT: String(identityPort),
    DIKTYO_SITE_PORT: String(sitePort),
    TEMPORAL_ADDRESS: temporal.address,
  };
  const launch = (words, env = {}) => launchChild(words, { ...environment, ...env }, children);
  return {
    folder,
    postgresPid: postgres.pid,
    temporalAddress: temporal.address,
    ownerUrl,
    roleUrl,
    codeKey,
    issuer,
    engineUrl,
    /** A part of the product, as production runs it: its own process. */
    startPart: (name, env = {}, nodeWords = []) => launch([...(MEMORY_WORDS[name] ?? []), ...nodeWords, join(root, 'dist/commands/main.js'), name], { DATABASE_URL: roleUrl(`diktyo_${name}`), MALLOC_ARENA_MAX: '2', ...env }),
    /** A script of this folder. */
    startScript: (name, env = {}, nodeWords = []) => launch([...nodeWords, join(root, 'tests/bench', name)], { MALLOC_ARENA_MAX: '2', ...env }),
    /** kill -9, then, after a while, again on the same file; answers the instant (of performance.now) at which it accepts. */
    async restartTemporal({ awaySeconds = 0 } = {}) {
      await temporal.kill();
      await temporal.ended;
      await new Promise((resolve) => setTimeout(resolve, awaySeconds * 1000));
      temporal = await startTemporal();
      return performance.now();
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await temporal.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the child says that it is ready, by message or by line. */
function launchChild(words, env, children) {
  const child = spawn(process.execPath, words, { cwd: root, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit', 'ipc'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    const ready = () => resolve(child);
    child.on('message', (message) => message?.kind === 'ready' && ready());
    child.stdout.on('data', (chunk) => chunk.toString().startsWith('ready') && ready());
    child.once('exit', (code) => reject(new Error(`${words.join(' ')} ended with ${code}`)));
  });
}
