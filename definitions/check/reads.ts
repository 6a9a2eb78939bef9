import type { Programme } from '#definitions/types/programme.js';

/** Operators whose argument is the path of an answer. */
const PATHS: readonly string[] = ['var', 'known'];

interface Direct {
  readonly paths: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly computed: ReadonlySet<string>;
}

export interface Reads {
  /** The answer paths that an expression reads, also through computed values; elements keep their name: `member.age`. */
  of(expression: unknown): ReadonlySet<string>;
  /** The parameters likewise, and `asOf` itself as "". */
  parametersOf(expression: unknown): ReadonlySet<string>;
}

/** Each computed value is looked through once, however many conditions read it. */
export function createReads({ computed }: Programme): Reads {
  const direct = new Map(computed.map(({ id, value }) => [id, directOf(value)]));
  const closed = (expression: unknown, noun: 'paths' | 'parameters'): ReadonlySet<string> => {
    const start = directOf(expression);
    const names = new Set(start[noun]);
    const seen = new Set(start.computed);
    for (const id of seen) {
      for (const name of direct.get(id)?.[noun] ?? []) names.add(name);
      for (const next of direct.get(id)?.computed ?? []) seen.add(next);
    }
    return names;
  };
  return { of: (expression) => closed(expression, 'paths'), parametersOf: (expression) => closed(expression, 'parameters') };
}

function directOf(expression: unknown): Direct {
  const paths = new Set<string>();
  const parameters = new Set<string>();
  const computed = new Set<string>();
  const waiting: unknown[] = [expression];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, argument] of Object.entries(value)) {
      if (name === 'asOf') parameters.add('');
      if (typeof argument !== 'string') waiting.push(argument);
      else if (PATHS.includes(name)) paths.add(argument);
      else if (name === 'param') parameters.add(argument);
      else if (name === 'computed') computed.add(argument);
    }
  }
  return { paths, parameters, computed };
}
