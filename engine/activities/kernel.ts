import { ApplicationFailure } from '@temporalio/common';
import type { Actor, CaseEvent, Command } from '#engine/contract/case.js';
import type { DecideInput, DecideOutput, KernelActivities, KernelEvent } from '#engine/contract/kernel.js';
import { FILED_EVENT_ID } from '#engine/contract/kernel.js';
import type { Cases, LoadedCase } from '#engine/contract/rooms.js';
import type { NationalDays } from '#engine/decide/calendar.js';
import { resumeCommands } from '#engine/decide/resume.js';
import { decideStep } from '#engine/decide/step.js';
import type { Log } from './log.js';
import type { ProgrammeCache } from './programme-cache.js';

export interface KernelRooms {
  readonly cases: Pick<Cases, 'load' | 'apply'>;
  readonly programmes: ProgrammeCache;
  readonly calendar: NationalDays;
  readonly log: Log;
}

/** Somebody else wrote to the case between reading and writing: read again, this often at most. */
const TRIES_MAX = 8;
const SYSTEM: Actor = { kind: 'system' };

/** Reads the case, asks the pure step, writes its plan if the case still stands as it was read. */
export function createKernelActivities(rooms: KernelRooms): KernelActivities {
  return {
    async decide(input) {
      try {
        return await decide(rooms, input);
      } catch (error) {
        rooms.log('error', 'an event could not be decided', { caseId: input.caseId, eventId: input.event.id, reason: reasonOf(error) });
        throw ApplicationFailure.retryable('the event could not be decided', reasonOf(error));
      }
    },
  };
}

async function decide({ cases, programmes, calendar, log }: KernelRooms, { caseId, municipality, event }: DecideInput): Promise<DecideOutput> {
  for (let count = 0; count < TRIES_MAX; count += 1) {
    const loaded = await cases.load({ municipality, caseId, eventId: event.id, ...(event.commandKey === undefined ? {} : { commandKey: event.commandKey }) });
    if (loaded === null) return refused('case.unknown');
    const prepared = await programmes.read(municipality, loaded.hash);
    if (prepared === null) throw new ProgrammeUnknownError();
    if (loaded.applied !== null) return { reply: loaded.applied.reply, commands: commandsAgain(event, { loaded, programme: prepared.programme }) };
    const full = eventOf(event, loaded);
    if (full === null) return refused('event.unknown');
    const answer = decideStep({
      prepared,
      answers: loaded.answers,
      filedAt: loaded.filedAt,
      protocolNumber: loaded.protocolNumber,
      filedDocuments: loaded.documents.filter(({ state }) => state === 'clean' || state === 'quarantined'),
      nationalDays: calendar,
      state: loaded.state,
      event: full,
    });
    const plan = 'plan' in answer ? answer.plan : null;
    const refusal = 'refusal' in answer ? answer.refusal : null;
    const written = await cases.apply({ municipality, caseId, version: loaded.version, event: full, plan, refusal });
    if (written === null) continue;
    for (const { change, incident } of plan?.incidents ?? []) log('warn', `incident ${change === 'open' ? 'opened' : 'settled'}`, { caseId, incidentId: incident.id, code: incident.code });
    return {
      reply: { accepted: plan !== null, version: written.version, ...(refusal === null ? {} : { code: refusal.code }) },
      commands: plan?.commands ?? [],
    };
  }
  throw new ContendedError();
}

function refused(code: string): DecideOutput {
  return { reply: { accepted: false, version: 0, code }, commands: [] };
}

/**
 * The event had been applied before: the same commands again, since a repeated task starts from nothing. A kernel that starts
 * anew for a case long under way takes up the timers and calls of today instead of those of the filing.
 */
function commandsAgain(event: KernelEvent, { loaded, programme }: { readonly loaded: LoadedCase; readonly programme: Parameters<typeof resumeCommands>[0]['programme'] }): readonly Command[] {
  const stored = (loaded.applied?.commands ?? []) as unknown as readonly Command[];
  const isOvertaken = event.id === FILED_EVENT_ID && loaded.state !== null && loaded.version > (loaded.applied?.reply.version ?? 0);
  if (!isOvertaken || loaded.state === null) return stored;
  return [...stored.filter((command) => command.kind === 'deliver'), ...resumeCommands({ programme }, loaded.state)];
}

/** What the kernel says of its own timers and effects; everything else is read where it was recorded. */
function eventOf(event: KernelEvent, loaded: LoadedCase): CaseEvent | null {
  const common = { id: event.id, actor: SYSTEM } as const;
  const commandKey = event.commandKey ?? '';
  switch (event.kind) {
    case 'timerFired':
      return event.dueAt === undefined ? null : { ...common, kind: 'timerFired', at: event.dueAt, payload: { timerId: event.timerId ?? '', dueAt: event.dueAt } };
    case 'callFinished':
      return { ...common, kind: 'callFinished', at: now(loaded), payload: { commandKey, output: loaded.callOutput } };
    case 'callFailed':
    case 'effectFailed':
      return { ...common, kind: event.kind, at: now(loaded), payload: { commandKey, code: event.code ?? 'effect.failed' } };
    default:
      return loaded.event;
  }
}

/** Of things that nobody recorded beforehand. Never before the filing, whatever this machine's clock says. */
function now({ filedAt }: LoadedCase): string {
  return new Date(Math.max(Date.now(), Date.parse(filedAt))).toISOString();
}

class ContendedError extends Error {
  override readonly name = 'case.contended';
}

class ProgrammeUnknownError extends Error {
  override readonly name = 'programme.unknown';
}

/** Names of errors are ours; their messages may hold data. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
