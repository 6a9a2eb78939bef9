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
const OUTPUT_BYTES_MAX = 100_000;

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
  let output: Json;
  try {
    output = await Promise.race([definition.run(input, { idempotencyKey, signal }), aborted(signal)]);
  } catch {
    const code = signal.aborted ? 'call.timedOut' : 'call.failed';
    return definition.isRepeatable ? { status: 'notDone', code, mayRetry: true } : { status: 'uncertain', code };
  }
  const isFit = fitsOutput(output) && JSON.stringify(output).length <= OUTPUT_BYTES_MAX;
  return isFit ? { status: 'done', output } : { status: 'uncertain', code: 'call.outputInvalid' };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timed out')), { once: true });
  });
}
