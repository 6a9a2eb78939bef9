import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Upkeep } from '#engine/contract/rooms.js';
import type { Running, Settings } from '#engine/contract/settings.js';
import { createStaffLogin } from '#engine/access/login.js';
import { createAccess } from '#engine/access/sessions.js';
import { createCases } from '#engine/cases/cases.js';
import { createTracking } from '#engine/cases/tracking.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { createRegister } from '#engine/register/register.js';
import { createUpkeep } from '#engine/register/upkeep.js';
import { createActionSender } from '#engine/relay/action-sender.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openStore } from '#engine/store/connection.js';
import { assertSafe } from '#engine/store/safety.js';
import { buildApp } from './app.js';
import { listCaughtMessages } from './caught-messages.js';
import { QUARANTINE_FILES_MAX, scanQuarantined } from './documents/quarantine.js';
import type { Scanner } from './documents/scanner.js';
import { clamdScanner, structureScanner } from './documents/scanner.js';
import type { ApiParts } from './parts.js';
import type { Round } from './rounds.js';
import { makeRounds } from './rounds.js';

/** Long enough to finish what is in hand, short enough for whoever stops the process. */
const PATIENCE_MS = 5_000;

async function closeDoor(app: FastifyInstance): Promise<void> {
  const hurry = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
  await app.close();
  clearTimeout(hurry);
}

/** How often the process looks after the record, in milliseconds. */
export interface Rhythm {
  readonly sweepMs: number;
  readonly quarantineMs: number;
}

const RHYTHM: Rhythm = { sweepMs: 600_000, quarantineMs: 60_000 };
const SWEEP_ROWS_MAX = 200;

function sweeping(upkeep: Upkeep, { app, rhythm }: { readonly app: FastifyInstance; readonly rhythm: Rhythm }): Round {
  return {
    name: 'sweep',
    everyMs: rhythm.sweepMs,
    work: async () => {
      const { more, ...swept } = await upkeep.sweepExpired({ limit: SWEEP_ROWS_MAX });
      if (Object.values(swept).some((count) => count > 0)) app.log.info({ swept }, 'what had run out is gone');
      return more;
    },
  };
}

/** Only with a scanner of malware: what was taken in for one to look at is not let out because there is none any longer. */
function emptyingQuarantine(upkeep: Upkeep, { app, rhythm, scanner }: { readonly app: FastifyInstance; readonly rhythm: Rhythm; readonly scanner: Scanner }): Round {
  return {
    name: 'quarantine',
    everyMs: rhythm.quarantineMs,
    work: async () => {
      const pass = await scanQuarantined(upkeep, scanner);
      if (pass.refused + pass.unknown > 0) app.log.warn({ pass }, 'files that waited for the scanner');
      return pass.clean + pass.refused === QUARANTINE_FILES_MAX;
    },
  };
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
    await assertSafe(store);
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
      assetsFolder: join(packageRoot(), 'dist/assets'),
      ...(settings.messages.kind === 'catcher' ? { caughtMessages: () => listCaughtMessages(store) } : {}),
    };
    const app = await buildApp(parts);
    const url = await app.listen({ host: settings.host, port: settings.port });
    const upkeep = createUpkeep(store);
    const paced = { app, rhythm: { ...RHYTHM, ...rhythm } };
    const rounds = makeRounds(
      [sweeping(upkeep, paced), ...(settings.clamd ? [emptyingQuarantine(upkeep, { ...paced, scanner: clamdScanner(settings.clamd) })] : [])],
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
