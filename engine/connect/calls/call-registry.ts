import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '#engine/contract/case.js';

/** A developer's own activity, handed in when the worker starts. */
export interface CallDefinition {
  /** As a `call` step names it. */
  readonly name: string;
  readonly title: { readonly el: string; readonly en: string };
  /** JSON Schema 2020-12; what does not fit never reaches `run`. */
  readonly inputSchema: object;
  /** What does not fit never reaches a case. */
  readonly outputSchema: object;
  /** It may run twice without harm (it only reads, or it honours the idempotency key): a failure is tried again by itself. */
  readonly isRepeatable: boolean;
  /** 30 unless said, at most 100: the case gives a call up after two minutes. */
  readonly timeoutSeconds?: number;
  run(input: Json, order: { readonly idempotencyKey: string; readonly signal: AbortSignal }): Promise<Json>;
}

export type CallResult =
  | { readonly status: 'done'; readonly output: Json }
  | { readonly status: 'notDone'; readonly code: string; readonly mayRetry: boolean }
  | { readonly status: 'uncertain'; readonly code: string };

export interface CallRegistry {
  readonly names: readonly string[];
  /** Never throws. */
  run(order: { readonly name: string; readonly input: Json; readonly idempotencyKey: string }): Promise<CallResult>;
}

const NAME = /^[a-zA-Z][a-zA-Z0-9.-]{0,99}$/;
const TIMEOUT_SECONDS = 30;
/** Below the time-out of the kernel's activity, so that the end of a call is always told by the call. */
const TIMEOUT_SECONDS_MAX = 100;
const OUTPUT_LENGTH_MAX = 100_000;
/** NUL and halves of characters, as JSON spells them: PostgreSQL keeps neither. */
const UNKEEPABLE = /(?:^|[^\\])(?:\\\\)*\\u(?:0000|d[89a-f])/;

interface Entry {
  readonly definition: CallDefinition;
  readonly fitsInput: ValidateFunction;
  readonly fitsOutput: ValidateFunction;
}

/** Throws at start-up when a name is taken or a schema is not one: a worker that cannot keep its word must not start. */
export function createCallRegistry(definitions: readonly CallDefinition[]): CallRegistry {
  const ajv = new Ajv2020({ strict: true, allErrors: false });
  const entries = new Map<string, Entry>();
  for (const definition of definitions) {
    if (!NAME.test(definition.name)) throw new Error(`not a name for a call: ${definition.name}`);
    if (entries.has(definition.name)) throw new Error(`two calls are named ${definition.name}`);
    const { timeoutSeconds = TIMEOUT_SECONDS } = definition;
    if (!(timeoutSeconds > 0 && timeoutSeconds <= TIMEOUT_SECONDS_MAX)) throw new Error(`the call ${definition.name} may take more than 0 and at most ${TIMEOUT_SECONDS_MAX} seconds`);
    entries.set(definition.name, { definition, fitsInput: ajv.compile(definition.inputSchema), fitsOutput: ajv.compile(definition.outputSchema) });
  }
  return {
    names: [...entries.keys()],
    async run({ name, input, idempotencyKey }) {
      const entry = entries.get(name);
      if (!entry) return { status: 'notDone', code: 'call.unregistered', mayRetry: false };
      if (!entry.fitsInput(input)) return { status: 'notDone', code: 'call.inputInvalid', mayRetry: false };
      return runOne(entry, { input, idempotencyKey });
    },
  };
}

async function runOne({ definition, fitsOutput }: Entry, { input, idempotencyKey }: { readonly input: Json; readonly idempotencyKey: string }): Promise<CallResult> {
  const milliseconds = (definition.timeoutSeconds ?? TIMEOUT_SECONDS) * 1000;
  const signal = AbortSignal.timeout(milliseconds);
  let output: unknown;
  try {
    output = await Promise.race([definition.run(input, { idempotencyKey, signal }), aborted(signal)]);
  } catch {
    const code = signal.aborted ? 'call.timedOut' : 'call.failed';
    return definition.isRepeatable ? { status: 'notDone', code, mayRetry: true } : { status: 'uncertain', code };
  }
  const kept = asKept(output);
  return kept !== undefined && fitsOutput(kept) ? { status: 'done', output: kept } : { status: 'uncertain', code: 'call.outputInvalid' };
}

/** The output as the record will hold it; undefined when it cannot. */
function asKept(output: unknown): Json | undefined {
  try {
    const text = JSON.stringify(output) as string | undefined;
    return text === undefined || text.length > OUTPUT_LENGTH_MAX || UNKEEPABLE.test(text) ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timed out')), { once: true });
  });
}
