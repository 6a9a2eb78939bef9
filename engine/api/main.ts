import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Running, Settings } from '#engine/contract/settings.js';
import { createStaffLogin } from '#engine/access/login.js';
import { createAccess } from '#engine/access/sessions.js';
import { createCases } from '#engine/cases/cases.js';
import { createTracking } from '#engine/cases/tracking.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { createRegister } from '#engine/register/register.js';
import { createUpkeep } from '#engine/register/upkeep.js';
import { createActionSender } from '#engine/relay/action-sender.js';
import { createWatchRecord } from '#engine/relay/watch-record.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openStore } from '#engine/store/connection.js';
import { awaitSafe } from '#engine/store/safety.js';
import { buildApp } from './app.js';
import { listCaughtMessages } from './caught-messages.js';
import { clamdScanner, structureScanner } from './documents/scanner.js';
import type { ApiParts } from './parts.js';
import { makeRounds } from './rounds.js';
import type { Rhythm } from './upkeep.js';
import { RHYTHM, upkeepRounds } from './upkeep.js';

/** Long enough to finish what is in hand; shorter than `commands/parts/run-part.ts` waits before it ends the process as one that hangs. */
const PATIENCE_MS = 3_500;

async function closeDoor(app: FastifyInstance): Promise<void> {
  const hurry = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
  await app.close();
  clearTimeout(hurry);
}

/**
 * Opens the door. Refuses to start on a database that could lose a receipt, or with a role that could read past the walls.
 *
 * @throws UnsafeStoreError, StoreUnavailableError; an error of the operating system when the port is taken
 */
export async function startApi(settings: Settings, rhythm: Partial<Rhythm> = {}): Promise<Running> {
  const store = openStore({
    databaseUrl: settings.databaseUrl,
    connectionsMax: settings.databaseConnectionsMax,
    application: 'diktyo api',
    log: (line) => process.stderr.write(`${JSON.stringify({ part: 'api', store: line })}\n`),
  });
  const sender = createActionSender(settings.temporal);
  const closeParts = async (): Promise<void> => {
    await Promise.allSettled([sender.close(), store.close()]);
  };
  try {
    await awaitSafe(store);
    const parts: ApiParts = {
      settings,
      programmes: createProgrammeRegister(store),
      register: createRegister(store),
      cases: createCases(store),
      tracking: createTracking(store),
      access: createAccess(store),
      login: createStaffLogin(settings),
      scanner: settings.clamd ? clamdScanner(settings.clamd) : structureScanner,
      sendAction: (action) => sender.sendAction(action),
      checkParts: async () => ({ database: await store.ready() }),
      describeWatch: () => createWatchRecord(store).describe(),
      assetsFolder: join(packageRoot(), 'dist/assets'),
      ...(settings.mode === 'development' && settings.messages.kind === 'catcher' ? { caughtMessages: () => listCaughtMessages(store) } : {}),
    };
    const app = await buildApp(parts);
    const url = await app.listen({ host: settings.host, port: settings.port });
    const rounds = makeRounds(
      upkeepRounds({ app, upkeep: createUpkeep(store), tracking: parts.tracking, programmes: parts.programmes, rhythm: { ...RHYTHM, ...rhythm }, ...(settings.clamd ? { scanner: parts.scanner } : {}) }),
      app.log,
    );
    let closing: Promise<void> | undefined;
    return {
      url,
      close: () => (closing ??= Promise.all([closeDoor(app), rounds.stop()]).then(closeParts)),
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}
