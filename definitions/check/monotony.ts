import { canonicalise } from '#definitions/language/canonical.js';
import type { Expression, Parameter, Programme, Rule } from '#definitions/types/programme.js';

/** 1: more cases pass now; -1: fewer; 0: it cannot be told from the definition alone. */
export type Direction = 1 | -1 | 0;

interface Part {
  readonly of: unknown;
  /** Whether the whole rises with this part, falls, or neither for sure. */
  readonly sign: Direction;
}

const RISING: ReadonlySet<string> = new Set(['and', 'or', '+', 'min', 'max']);

/**
 * Which way a rule was moved: a limit raised, a date put off, one more place in a list, a condition under which it does not
 * apply. False is less than unknown, and unknown less than true, so it holds of half-answered cases too.
 */
export function directionOfRule(before: Rule, after: Rule): Direction {
  const found = new Set<Direction>();
  moved([before.condition, after.condition], 1, found);
  if (before.when === undefined || after.when === undefined) {
    // A rule that applies only sometimes refuses less than the same rule without exceptions.
    if (before.when !== after.when) found.add(before.when === undefined ? 1 : -1);
  } else moved([before.when, after.when], -1, found);
  return onlyOf(found);
}

/** Which way the rules move when the values of a parameter do; 0 when anything but blocking rules reads it too. */
export function directionOfParameter(programme: Programme, { before, after, isLater }: { readonly before: Parameter; readonly after: Parameter; isLater(from: string): boolean }): Direction {
  const kept = after.values.slice(0, before.values.length);
  const isSameOtherwise = kept.every(({ from }, position) => from === before.values[position]?.from) && after.values.slice(kept.length).every(({ from }) => isLater(from));
  if (!isSameOtherwise || kept.length < before.values.length) return 0;
  const values = new Set(before.values.map(({ value }, position) => directionOfValue(value, kept[position]?.value)).filter((each) => each !== null));
  const used = usesOf(programme, before.id);
  const [value, use] = [onlyOf(values), onlyOf(used)];
  return value === 0 || use === 0 ? 0 : value === use ? 1 : -1;
}

/** How the blocking rules move with the parameter, straight or through computed values. */
function usesOf(programme: Programme, id: string): ReadonlySet<Direction> {
  const values = new Map(programme.computed.map((each) => [each.id, each.value]));
  const known = new Map<string, readonly Direction[]>();
  const readsIn = (node: unknown): readonly Direction[] => {
    const [operator, operand] = operatorOf(node);
    if (operator === 'param') return operand === id ? [1] : [];
    if (operator === 'computed' && typeof operand === 'string') return readsOf(operand);
    return [...new Set(partsOf(node).flatMap(({ of, sign }) => readsIn(of).map((each) => times(each, sign))))];
  };
  const readsOf = (computed: string): readonly Direction[] => {
    const before = known.get(computed);
    if (before !== undefined) return before;
    known.set(computed, []);
    const reads = readsIn(values.get(computed));
    known.set(computed, reads);
    return reads;
  };
  const { rules, computed, parameters: _parameters, overlayable: _overlayable, ...rest } = programme;
  const through = computed.map((each) => each.id).filter((each) => readsOf(each).length > 0);
  if (isNamed(rest, new Set([id, ...through]))) return new Set<Direction>([0]);
  return new Set(rules.filter(({ severity }) => severity === 'blocking').flatMap(({ condition, when }) => [...readsIn(condition), ...readsIn(when).map((each) => times(each, -1))]));
}

/** By any string at all: a name that only looks alike keeps a case where it is, which harms nobody. */
function isNamed(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return names.has(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => isNamed(inner, names));
}

function moved([before, after]: readonly [unknown, unknown], sign: Direction, found: Set<Direction>): void {
  if (write(before) === write(after)) return;
  const value = directionOfValue(literalOf(before), literalOf(after));
  if (value !== null && value !== 0) return void found.add(times(sign, value));
  const [old, now] = [partsOf(before), partsOf(after)];
  const isSameShape = old.length > 0 && old.length === now.length && operatorOf(before)[0] === operatorOf(after)[0];
  if (!isSameShape) return void found.add(0);
  old.forEach((part, position) => moved([part.of, now[position]?.of], times(sign, part.sign === now[position]?.sign ? part.sign : 0), found));
}

/** Numbers by size, dates by time, lists by what is among them; null: the same. */
function directionOfValue(before: unknown, after: unknown): Direction | null {
  if (write(before) === write(after)) return null;
  if (typeof before === 'number' && typeof after === 'number') return after > before ? 1 : -1;
  if (isDate(before) && isDate(after)) return after > before ? 1 : -1;
  if (!Array.isArray(before) || !Array.isArray(after)) return 0;
  const holds = (list: readonly unknown[], other: readonly unknown[]): boolean => other.every((one) => list.some((each) => write(each) === write(one)));
  return holds(after, before) ? 1 : holds(before, after) ? -1 : 0;
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
}

function literalOf(node: unknown): unknown {
  const [operator, operand] = operatorOf(node);
  return operator === 'date' || operator === 'list' ? operand : node;
}

function partsOf(node: unknown): readonly Part[] {
  const [operator, operand] = operatorOf(node);
  if (operator === undefined) return typeof node === 'object' && node !== null ? Object.entries(node).sort().map(([, of]) => ({ of: of as unknown, sign: 0 })) : [];
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const signed = (...signs: readonly Direction[]): readonly Part[] => parts.map((of, position) => ({ of, sign: signs[Math.min(position, signs.length - 1)] ?? 0 }));
  if (RISING.has(operator)) return signed(1);
  if (operator === 'not') return signed(-1);
  if (operator === '-') return signed(1, -1);
  if (operator === '<' || operator === '<=') return signed(-1, 1);
  if (operator === '>' || operator === '>=') return signed(1, -1);
  if (operator === 'in' || operator === 'if') return signed(0, 1);
  return signed(0);
}

/** An expression is an object with one name. */
function operatorOf(node: unknown): readonly [string | undefined, unknown] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return [undefined, undefined];
  const [entry, second] = Object.entries(node as Readonly<Record<string, Expression>>);
  return entry === undefined || second !== undefined ? [undefined, undefined] : entry;
}

function times(left: Direction, right: Direction): Direction {
  const product = left * right;
  return product > 0 ? 1 : product < 0 ? -1 : 0;
}

function onlyOf(found: ReadonlySet<Direction>): Direction {
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : 0;
}

function write(value: unknown): string {
  return canonicalise(value ?? null);
}
