import { ApplicationFailure } from '@temporalio/common';
import type { Message, Text } from '#definitions/types/programme.js';
import type { CallRegistry } from '#engine/connect/calls/call-registry.js';
import { ONE_TIME_CODE } from '#engine/connect/messages/texts/own-messages.js';
import type { MessageDoor, OutgoingMessage, SendResult } from '#engine/connect/messages/message-door.js';
import type { Json } from '#engine/contract/case.js';
import type { EffectActivities } from '#engine/contract/kernel.js';
import type { Effects } from '#engine/contract/rooms.js';
import type { Log } from './log.js';
import { renderMessage } from './message-text.js';
import type { ProgrammeCache } from './programme-cache.js';

export interface EffectRooms {
  readonly effects: Effects;
  readonly programmes: ProgrammeCache;
  readonly door: MessageDoor;
  readonly calls: CallRegistry;
  /** By code, as they follow «Δήμος» and "Municipality of". */
  readonly municipalityNames: ReadonlyMap<string, Text>;
  readonly log: Log;
}

interface EffectKey {
  readonly municipality: string;
  readonly caseId: string;
  readonly commandKey: string;
}

type Begun = NonNullable<Awaited<ReturnType<Effects['begin']>>>;
type Result = Parameters<Effects['finish']>[0]['result'];

const FINISH_TRIES = 4;
const FINISH_PAUSE_MS = 250;

/**
 * The attempt is written down before the outside is touched, its outcome after. Tried again is only what certainly did not
 * get through; what may have is left to a person.
 */
export function createEffectActivities(rooms: EffectRooms): EffectActivities {
  return {
    async deliver(key) {
      const begun = await begin(rooms, key);
      if (begun.kind === 'done') return;
      if (begun.kind !== 'message') throw fail('effect.kindUnexpected');
      await send(rooms, { key, begun });
    },
    async call({ activity: _named, ...key }) {
      const begun = await begin(rooms, key);
      if (begun.kind === 'done') return;
      if (begun.kind !== 'call') throw fail('effect.kindUnexpected');
      await run(rooms, { key, begun });
    },
  };
}

async function begin({ effects }: EffectRooms, key: EffectKey): Promise<Exclude<Begun, { kind: 'uncertain' }>> {
  const begun = await effects.begin(pick(key));
  if (begun === null) throw fail('effect.unknown');
  if (begun.kind === 'uncertain') throw fail('effect.uncertain');
  return begun;
}

async function send(rooms: EffectRooms, { key, begun }: { readonly key: EffectKey; readonly begun: Extract<Begun, { kind: 'message' }> }): Promise<void> {
  const { attempt } = begun;
  let outgoing: OutgoingMessage | null;
  try {
    outgoing = await compose(rooms, { key, begun });
  } catch (error) {
    // Nothing has left the house yet, so the attempt must not stay open.
    await finish(rooms, { key, attempt, result: { status: 'notSent', error: 'message.notComposed' } });
    throw error instanceof ApplicationFailure ? error : retry('message.notComposed');
  }
  if (outgoing === null) return finish(rooms, { key, attempt, result: { status: 'notSent', error: 'message.noAddress' } });
  const sent = await sendSafely(rooms, outgoing);
  switch (sent.status) {
    case 'sent':
      return finish(rooms, { key, attempt, result: { status: 'sent', ...(sent.output === undefined ? {} : { output: sent.output }) } });
    case 'notSent':
      await finish(rooms, { key, attempt, result: { status: 'notSent', error: sent.error } });
      throw sent.mayRetry ? retry('message.notSent') : fail('message.refused');
    case 'uncertain':
      await finish(rooms, { key, attempt, result: { status: 'uncertain', error: sent.error } });
      throw fail('effect.uncertain');
  }
}

async function compose({ programmes, municipalityNames, door }: EffectRooms, { key, begun }: { readonly key: EffectKey; readonly begun: Extract<Begun, { kind: 'message' }> }): Promise<OutgoingMessage | null> {
  const prepared = await programmes.read(key.municipality, begun.definitionHash);
  if (prepared === null) throw fail('programme.unknown');
  const message: Message | undefined = begun.messageId === ONE_TIME_CODE.id ? ONE_TIME_CODE : prepared.programme.messages.find(({ id }) => id === begun.messageId);
  if (!message) throw fail('message.unknown');
  const municipality = municipalityNames.get(key.municipality);
  return renderMessage(
    {
      message,
      fields: begun.fields,
      names: { programme: prepared.programme.title, ...(municipality === undefined ? {} : { municipality }) },
      language: begun.language,
      ...(begun.email === undefined ? {} : { email: begun.email }),
      ...(begun.phone === undefined ? {} : { phone: begun.phone }),
    },
    { key: begun.messageKey, channels: door.channels },
  );
}

/** A door that throws has broken its promise: nobody knows how far it came. */
async function sendSafely({ door, log }: EffectRooms, outgoing: OutgoingMessage): Promise<SendResult> {
  try {
    return await door.send(outgoing);
  } catch (error) {
    log('error', 'a message door threw', { door: door.kind, reason: error instanceof Error ? error.name : 'unknown' });
    return { status: 'uncertain', error: 'message.doorThrew' };
  }
}

async function run(rooms: EffectRooms, { key, begun }: { readonly key: EffectKey; readonly begun: Extract<Begun, { kind: 'call' }> }): Promise<void> {
  const { attempt } = begun;
  const ran = await rooms.calls.run({ name: begun.activity, input: begun.input, idempotencyKey: `${key.municipality}/${key.caseId}/${key.commandKey}` });
  switch (ran.status) {
    case 'done':
      return finish(rooms, { key, attempt, result: { status: 'sent', output: ran.output as Json } });
    case 'notDone':
      await finish(rooms, { key, attempt, result: { status: 'notSent', error: ran.code } });
      throw ran.mayRetry ? retry(ran.code) : fail(ran.code);
    case 'uncertain':
      await finish(rooms, { key, attempt, result: { status: 'uncertain', error: ran.code } });
      throw fail(ran.code);
  }
}

/** The outcome is known to nobody but this process: it is written even when the database stumbles. */
async function finish({ effects, log }: EffectRooms, { key, attempt, result }: { readonly key: EffectKey; readonly attempt: number; readonly result: Result }): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      return await effects.finish({ ...pick(key), attempt, result });
    } catch (error) {
      if (count >= FINISH_TRIES) {
        log('error', 'the outcome of an effect could not be written', { caseId: key.caseId, commandKey: key.commandKey, status: result.status });
        throw error instanceof Error ? retry('effect.outcomeUnwritten') : error;
      }
      await new Promise((resolve) => setTimeout(resolve, FINISH_PAUSE_MS * 2 ** count));
    }
  }
}

function pick({ municipality, caseId, commandKey }: EffectKey): EffectKey {
  return { municipality, caseId, commandKey };
}

/** Only codes cross into a history. */
function fail(code: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable('the effect was not carried out', code);
}

function retry(code: string): ApplicationFailure {
  return ApplicationFailure.retryable('the effect was not carried out yet', code);
}
