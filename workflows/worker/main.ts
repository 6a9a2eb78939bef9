import type { LogLevel } from '@temporalio/worker';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { createEffectActivities } from '#engine/activities/effects.js';
import { createKernelActivities } from '#engine/activities/kernel.js';
import type { Log } from '#engine/activities/log.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import { createEffects } from '#engine/cases/effects.js';
import type { CallDefinition } from '#engine/connect/calls/call-registry.js';
import { createCallRegistry } from '#engine/connect/calls/call-registry.js';
import { DEMO_CALLS } from '#engine/connect/calls/demo-calls.js';
import type { MessageDoor } from '#engine/connect/messages/message-door.js';
import { openMessageDoor } from '#engine/connect/messages/message-doors.js';
import { TASK_QUEUES } from '#engine/contract/kernel.js';
import type { Running, Settings } from '#engine/contract/settings.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { openStore } from '#engine/store/connection.js';
import type { Store } from '#engine/store/connection.js';
import { awaitSafe } from '#engine/store/safety.js';
import { findMissingCalls } from './call-check.js';
import { withHeartbeat } from './heartbeat.js';
import { readReference } from './reference.js';
import { workflowCode } from './workflow-code.js';

export interface WorkerOptions {
  /** Developers' own activities, which `call` steps name. */
  readonly calls?: readonly CallDefinition[];
  /** Another way out for messages than the settings name. */
  readonly door?: MessageDoor;
  readonly log?: Log;
  readonly maxCachedWorkflows?: number;
}

/** Far above the number of cases active at once (the slots of workflow tasks are 40); measured, 0.1 MB each. */
const CACHED_WORKFLOWS_MAX = 500;
const ACTIVITY_SLOTS = 20;
const SHUTDOWN_GRACE = '3s';
const CONNECT_TRIES = 20;
const CONNECT_PAUSE_MS = 500;

const LEVELS: Partial<Record<LogLevel, 'warn' | 'error'>> = { WARN: 'warn', ERROR: 'error' };
/** What the library says of a worker that only runs activities; that is meant. */
const EFFECTS_ONLY = 'No workflows registered';
/** While Temporal is away every poller says so several times a second; once in a while is enough. */
const REPEAT_AFTER_MS = 15_000;
const MESSAGE_KIND_LENGTH = 24;
const MESSAGE_KINDS_MAX = 500;

let isRuntimeInstalled = false;

/**
 * One worker that decides and one that reaches outside, in this process.
 *
 * @throws UnsafeStoreError on a database or a role that is not safe, StoreUnavailableError when the database stays away
 */
export async function startWorker(settings: Settings, options: WorkerOptions = {}): Promise<Running> {
  const logger = pino({ name: 'worker', level: settings.logLevel });
  const log: Log = options.log ?? ((level, message, fields = {}) => logger[level](fields, message));
  installRuntime(log);
  const store = openStore({ databaseUrl: settings.databaseUrl, connectionsMax: settings.databaseConnectionsMax, application: 'diktyo-worker', log: (line) => log('warn', line) });
  const door = options.door ?? openMessageDoor(settings.messages);
  try {
    await awaitSafe(store);
    const activities = await makeActivities({ settings, options, store, door, log });
    const connection = await connect(settings, log);
    const workers = await createWorkers({ settings, options, connection, activities });
    const runs = workers.map((worker) => worker.run());
    // A worker that dies by itself takes the process with it: whoever supervises starts another.
    for (const run of runs) {
      run.catch((error: unknown) => {
        log('error', 'a worker has failed', { reason: error instanceof Error ? error.name : 'unknown' });
        process.exitCode = 1;
        setImmediate(() => process.kill(process.pid, 'SIGTERM'));
      });
    }
    log('info', 'deciding and delivering', { address: settings.temporal.address, namespace: settings.temporal.namespace });
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
      await connection.close();
      await door.close();
      await store.close();
    };
    return { close: () => (closing ??= close()) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The process that starts a worker owns its signals and its log. Fields of the library are left out: they are not ours to vouch for. */
function installRuntime(log: Log): void {
  if (isRuntimeInstalled) return;
  isRuntimeInstalled = true;
  const toldAt = new Map<string, number>();
  const logger = new DefaultLogger('WARN', ({ level, message }) => {
    const kind = message.slice(0, MESSAGE_KIND_LENGTH);
    const isTold = Date.now() - (toldAt.get(kind) ?? 0) < REPEAT_AFTER_MS;
    if (isTold || message.startsWith(EFFECTS_ONLY)) return;
    if (toldAt.size > MESSAGE_KINDS_MAX) toldAt.clear();
    toldAt.set(kind, Date.now());
    log(LEVELS[level] ?? 'info', message);
  });
  const filter = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' });
  Runtime.install({ shutdownSignals: [], logger, telemetryOptions: { logging: { filter, forward: {} } } });
}

interface Making {
  readonly settings: Settings;
  readonly options: WorkerOptions;
  readonly store: Store;
  readonly door: MessageDoor;
  readonly log: Log;
}

async function makeActivities({ settings, options, store, door, log }: Making): Promise<{ kernel: object; effects: object }> {
  const programmeRegister = createProgrammeRegister(store);
  const calls = createCallRegistry([...(settings.mode === 'development' ? DEMO_CALLS : []), ...(options.calls ?? [])]);
  const missing = await findMissingCalls(programmeRegister, calls.names);
  if (missing.length > 0) {
    const list = missing.map(({ municipality, programmeId, activity }) => `${activity} (${programmeId}, ${municipality})`).join(', ');
    throw new Error(`published programmes call activities that this worker was not given: ${list}`);
  }
  const programmes = createProgrammeCache(programmeRegister);
  const { calendar, municipalityNames } = readReference();
  return {
    kernel: createKernelActivities({ cases: createCases(store), facts: createFacts(store, settings.codeKey), programmes, calendar, log }),
    effects: withHeartbeat(createEffectActivities({ effects: createEffects(store), programmes, door, calls, municipalityNames, log })),
  };
}

/** Temporal may come up after this process. */
async function connect({ temporal }: Settings, log: Log): Promise<NativeConnection> {
  for (let count = 1; ; count += 1) {
    try {
      return await NativeConnection.connect({ address: temporal.address, tls: temporal.tls ? true : null, ...(temporal.apiKey === undefined ? {} : { apiKey: temporal.apiKey }) });
    } catch (error) {
      if (count >= CONNECT_TRIES) throw error;
      if (count === 1) log('warn', 'Temporal does not answer yet', { address: temporal.address });
      await new Promise((resolve) => setTimeout(resolve, CONNECT_PAUSE_MS));
    }
  }
}

interface Creating {
  readonly settings: Settings;
  readonly options: WorkerOptions;
  readonly connection: NativeConnection;
  readonly activities: { readonly kernel: object; readonly effects: object };
}

async function createWorkers({ settings, options, connection, activities }: Creating): Promise<readonly Worker[]> {
  const common = { connection, namespace: settings.temporal.namespace, shutdownGraceTime: SHUTDOWN_GRACE } as const;
  const kernel = await Worker.create({
    ...common,
    taskQueue: TASK_QUEUES.kernel,
    workflowBundle: await workflowCode(),
    activities: activities.kernel,
    maxCachedWorkflows: options.maxCachedWorkflows ?? CACHED_WORKFLOWS_MAX,
    stickyQueueScheduleToStartTimeout: '2s',
    reuseV8Context: true,
  });
  const effects = await Worker.create({ ...common, taskQueue: TASK_QUEUES.effects, activities: activities.effects, maxConcurrentActivityTaskExecutions: ACTIVITY_SLOTS });
  return [kernel, effects];
}
