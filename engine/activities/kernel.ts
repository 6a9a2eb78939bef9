import { ApplicationFailure } from '@temporalio/common';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { Actor, CaseEvent, Command } from '#engine/contract/case.js';
import type { DecideInput, DecideOutput, KernelActivities, KernelEvent, KnownOfRecord } from '#engine/contract/kernel.js';
import { FILED_EVENT_ID } from '#engine/contract/kernel.js';
import type { Cases, Facts, LoadedCase, RecordLookup } from '#engine/contract/rooms.js';
import type { DecidedInOrder } from '#engine/decide/acceptance-order.js';
import { decideInOrder } from '#engine/decide/acceptance-order.js';
import type { NationalDays } from '#engine/decide/calendar.js';
import { recordLookups } from '#engine/decide/facts.js';
import { peopleOf } from '#engine/decide/identifiers.js';
import { repeatedCommands, resumeCommands } from '#engine/decide/resume.js';
import type { CaseContext } from '#engine/decide/situation.js';
import { decideStep, needsRecord } from '#engine/decide/step.js';
import { judgedHash } from '#engine/decide/versions.js';
import type { CaseVersions } from './case-versions.js';
import { readCaseVersions } from './case-versions.js';
import type { Log } from './log.js';
import type { ProgrammeCache } from './programme-cache.js';

export interface KernelRooms {
  readonly cases: Pick<Cases, 'load' | 'apply'>;
  readonly facts: Facts;
  readonly programmes: ProgrammeCache;
  readonly calendar: NationalDays;
  readonly log: Log;
}

/** Somebody else wrote to the case between reading and writing: read again, this often at most. */
const TRIES_MAX = 8;
const SYSTEM: Actor = { kind: 'system' };
/** Two clocks of one installation may differ by so much; an alarm further ahead was rung by a test that moves time. */
const CLOCKS_DIFFER_MS_MAX = 60_000;
/** So long an alarm that was rung too early is waited for here. */
const PATIENCE_MS = 3_000;

/** Reads the case, asks the pure step, writes its plan if the case still stands as it was read and nothing was accepted before it meanwhile. */
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

async function decide(rooms: KernelRooms, { caseId, municipality, event, known }: DecideInput): Promise<DecideOutput> {
  const { cases, programmes } = rooms;
  for (let count = 0; count < TRIES_MAX; count += 1) {
    const loaded = await cases.load({ municipality, caseId, eventId: event.id, ...(event.commandKey === undefined ? {} : { commandKey: event.commandKey }) });
    if (loaded === null) return refused('case.unknown');
    const prepared = await programmes.read(municipality, judgedHash(loaded.state, loaded.hash));
    if (prepared === null) throw new ProgrammeUnknownError();
    const isOutOfStep = known !== undefined && known.version !== loaded.version;
    if (loaded.applied !== null) {
      const reply = { ...loaded.applied.reply, version: loaded.version };
      if (isOutOfStep) return { reply, commands: await commandsToCatchUp(rooms, { caseId, municipality, known }) };
      return { reply, commands: commandsAgain(event, { loaded, programme: prepared.programme, isInStep: known !== undefined }) };
    }
    const full = eventOf(event, loaded);
    if (full === null) return refused('event.unknown');
    const earlyMs = rungTooEarlyMs(full, loaded);
    if (earlyMs > PATIENCE_MS) throw new RungTooEarlyError();
    if (earlyMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, earlyMs));
      continue;
    }
    // The filing itself is still being retried: a version reaches the case after it.
    if (full.kind === 'versionPublished' && loaded.state === null) throw new NotTakenUpError();
    const versions = await readCaseVersions(programmes, { municipality, filedHash: loaded.hash, state: loaded.state, events: [...loaded.accepted, full] });
    if (versions === null) throw new ProgrammeUnknownError();
    const { decided, told } = await decideLoaded(rooms, { municipality, caseId, loaded, prepared, versions, event: full });
    for (const { plan } of [...decided.earlier, decided.last]) await versions.keep(plan?.state ?? null);
    const written = await apply(rooms, { municipality, caseId, loaded, decided, told });
    if (written === null) continue;
    tell(rooms, { caseId, decided });
    const { plan, refusal } = decided.last;
    return {
      reply: { accepted: plan !== null, version: written.version, ...(refusal === null ? {} : { code: refusal.code }) },
      commands: isOutOfStep ? await commandsToCatchUp(rooms, { caseId, municipality, known }) : decided.commands,
    };
  }
  throw new ContendedError();
}

interface Deciding {
  readonly municipality: string;
  readonly caseId: string;
  readonly loaded: LoadedCase;
  readonly prepared: PreparedProgramme;
  readonly versions: CaseVersions;
  readonly event: CaseEvent;
}

interface DecidedOnFacts {
  readonly decided: DecidedInOrder;
  /** What the record told, when it was asked. */
  readonly told?: NonNullable<Parameters<Cases['apply']>[0]['told']> | undefined;
}

/**
 * The event, after the actions that were accepted before it and have not arrived yet. When a step of theirs needs what the record
 * tells of these people, the record is asked once, and all is decided with its answers. A case that is taken up makes itself
 * known to the record, whatever its programme: others may ask for it.
 */
async function decideLoaded({ facts, calendar }: KernelRooms, { municipality, caseId, loaded, prepared, versions, event }: Deciding): Promise<DecidedOnFacts> {
  const context: CaseContext = {
    prepared,
    answers: loaded.answers,
    filedAt: loaded.filedAt,
    protocolNumber: loaded.protocolNumber,
    filedDocuments: loaded.documents.filter(({ state }) => state === 'clean' || state === 'quarantined'),
    nationalDays: calendar,
  };
  let lookups: readonly RecordLookup[] = [];
  const decideWith = (given: CaseContext): DecidedInOrder =>
    decideInOrder({ event, state: loaded.state, accepted: loaded.accepted }, (each, state) => {
      const adoption = versions.adoptionFor(each, state);
      const input = { ...given, prepared: versions.preparedFor(state), ...(adoption === undefined ? {} : { adoption }), state, event: each };
      if (needsRecord(input)) lookups = recordLookups(input.prepared.programme);
      return decideStep(input);
    });
  const first = decideWith(context);
  const { identifiers } = peopleOf(prepared.programme, loaded.answers);
  if (lookups.length === 0 && (event.kind !== 'filed' || identifiers.length === 0)) return { decided: first };
  const recordAnswers = await facts.read({ municipality, caseId, identifiers, lookups });
  if (lookups.length === 0 || recordAnswers === null) return { decided: first };
  return { decided: decideWith({ ...context, recordAnswers }), told: { lookups, facts: recordAnswers.facts } };
}

/** All of it in one commit; the commands belong to the event, whichever action they come from. */
function apply({ cases }: KernelRooms, { municipality, caseId, loaded, decided, told }: DecidedOnFacts & { readonly municipality: string; readonly caseId: string; readonly loaded: LoadedCase }): ReturnType<Cases['apply']> {
  const { earlier, last, commands } = decided;
  return cases.apply({
    municipality, caseId, version: loaded.version, event: last.event, refusal: last.refusal, commands,
    plan: last.plan === null ? null : { ...last.plan, commands },
    ...(earlier.length === 0 ? {} : { earlier: earlier.map(({ event, plan, refusal }) => ({ event, refusal, plan: plan === null ? null : { ...plan, commands: [] } })) }),
    seen: loaded.accepted.map(({ id }) => id),
    ...(told === undefined ? {} : { told }),
    ...(last.event.kind === 'timerFired' || loaded.event !== null ? { until: last.event.at } : {}),
  });
}

function tell({ log }: KernelRooms, { caseId, decided }: { readonly caseId: string; readonly decided: DecidedInOrder }): void {
  if (decided.earlier.length > 0) log('info', 'accepted earlier, delivered later', { caseId, eventId: decided.last.event.id, count: decided.earlier.length });
  for (const eventId of decided.passedOver) log('error', 'an event could not be decided', { caseId, eventId, reason: 'passedOver' });
  for (const { plan } of [...decided.earlier, decided.last]) {
    for (const { change, incident } of plan?.incidents ?? []) log('warn', `incident ${change === 'open' ? 'opened' : 'settled'}`, { caseId, incidentId: incident.id, code: incident.code });
  }
}

function refused(code: string): DecideOutput {
  return { reply: { accepted: false, version: 0, code }, commands: [] };
}

/**
 * The event had been applied before. A kernel that starts anew for a case long under way takes up the timers, messages and calls
 * of today instead of those of the filing; one that has heard everything already has nothing to do but to know whether the case is over.
 */
function commandsAgain(event: KernelEvent, { loaded, programme, isInStep }: { readonly loaded: LoadedCase; readonly programme: PreparedProgramme['programme']; readonly isInStep: boolean }): readonly Command[] {
  const stored = isInStep ? [] : ((loaded.applied?.commands ?? []) as unknown as readonly Command[]);
  const isOvertaken = !isInStep && event.id === FILED_EVENT_ID && loaded.version > (loaded.applied?.reply.version ?? 0);
  if (!isOvertaken || loaded.state === null) return repeatedCommands(stored, loaded.state);
  return resumeCommands({ programme, unsent: unsentOf(loaded) }, loaded.state);
}

/**
 * The case has gone on without its kernel, whose memory is an older copy, or back, where the record itself is: whatever the kernel
 * was told and knows, it takes up what the record holds now, as one does that starts anew, and lets go of what is no longer held.
 */
async function commandsToCatchUp({ cases, programmes }: KernelRooms, { caseId, municipality, known }: Pick<DecideInput, 'caseId' | 'municipality'> & { readonly known: KnownOfRecord }): Promise<readonly Command[]> {
  const loaded = await cases.load({ municipality, caseId, eventId: FILED_EVENT_ID });
  if (loaded === null || loaded.state === null) return [];
  const prepared = await programmes.read(municipality, judgedHash(loaded.state, loaded.hash));
  if (prepared === null) throw new ProgrammeUnknownError();
  return resumeCommands({ programme: prepared.programme, unsent: unsentOf(loaded), held: known.timers }, loaded.state);
}

const unsentOf = ({ unfinished }: LoadedCase): readonly string[] => unfinished.filter(({ kind }) => kind === 'message').map(({ commandKey }) => commandKey);

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

/**
 * Temporal's clock rings, the database's says what was accepted in time: until that one has passed the alarm's instant, something
 * may still be.
 */
function rungTooEarlyMs({ kind, at }: CaseEvent, { now: read }: LoadedCase): number {
  const leftMs = kind === 'timerFired' ? Date.parse(at) - Date.parse(read) + 1 : 0;
  return leftMs > CLOCKS_DIFFER_MS_MAX ? 0 : Math.max(0, leftMs);
}

/** Of things that nobody recorded beforehand: by the clock that says when actions were accepted, and never before the filing. */
function now({ now: read, filedAt }: LoadedCase): string {
  return read > filedAt ? read : filedAt;
}

class ContendedError extends Error {
  override readonly name = 'case.contended';
}

class RungTooEarlyError extends Error {
  override readonly name = 'timer.rungTooEarly';
}

class NotTakenUpError extends Error {
  override readonly name = 'case.notTakenUp';
}

class ProgrammeUnknownError extends Error {
  override readonly name = 'programme.unknown';
}

/** Names of errors are ours; their messages may hold data. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
