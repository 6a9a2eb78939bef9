import type { PointsDecision, PointsLineDecision } from './decision.js';
import { times } from './operators/arithmetic.js';
import type { PreparedLine } from './prepared.js';
import type { Run } from './run.js';
import { TEXTS } from './texts/texts.js';
import { readsOf } from './trace.js';
import type { Bounds } from './unknown.js';
import { Unknown, boundsOf, fault, isNotApplicable, join, whole, withBounds } from './unknown.js';

/** The id of the line that a cap of the whole adds; no line of a programme may have it. */
export const TOTAL_CAP_LINE = 'total-cap';

export function decidePoints(run: Run, { lines, cap }: { lines: readonly PreparedLine[]; cap: number | undefined }): PointsDecision {
  const decided = lines.map((line) => decideLine(run, line));
  const sum = (of: (line: PointsLineDecision) => number | null): number | null => {
    const parts = decided.map(of);
    return parts.includes(null) ? null : parts.reduce<number>((total, points) => total + (points ?? 0), 0);
  };
  const [min, max, total] = [sum((line) => line.min), sum((line) => line.max), sum((line) => line.points)];
  if (cap === undefined) return { min, max, total, lines: decided };
  const limited = (points: number | null): number | null => (points === null ? null : Math.min(points, cap));
  const excess = total === null ? 0 : Math.max(0, total - cap);
  return { min: limited(min), max: max === null ? cap : limited(max), total: limited(total), lines: excess === 0 ? decided : [...decided, capLine(excess)] };
}

function capLine(excess: number): PointsLineDecision {
  return { id: TOTAL_CAP_LINE, title: TEXTS.totalCap, points: -excess, min: -excess, max: -excess, reason: TEXTS.totalCap, read: [], missing: [] };
}

function decideLine(run: Run, prepared: PreparedLine): PointsLineDecision {
  const { line } = prepared;
  run.readCount = 0;
  const result = pointsOf(run, prepared);
  const { least, most } = certain(boundsOf(result));
  return {
    id: line.id,
    title: line.title,
    points: typeof result === 'number' ? result : null,
    min: Number.isFinite(least) ? least : null,
    max: Number.isFinite(most) ? most : null,
    reason: line.title,
    ...(line.legalBasis === undefined ? {} : { legalBasis: line.legalBasis }),
    read: readsOf(run),
    missing: result instanceof Unknown ? result.paths : [],
  };
}

/** Points that may turn out not applicable may turn out to be none. */
function certain({ least, most, mayVanish }: Bounds): Bounds {
  return mayVanish ? { least: Math.min(0, least), most: Math.max(0, most), mayVanish: false } : { least, most, mayVanish };
}

/** Points of one line: none when it does not apply; cap and multiplier in the declared order. */
function pointsOf(run: Run, { line, when, points, multiplier }: PreparedLine): number | Unknown {
  const condition = when === undefined ? true : when(run);
  if (condition === false || isNotApplicable(condition)) return 0;
  const base = whole(points(run));
  if (isNotApplicable(base)) return 0;
  const multiplied = (amount: number | Unknown): number | Unknown => (multiplier === undefined ? amount : multiply(amount, whole(multiplier(run))));
  const amount = line.order === 'multiplyThenCap' ? capped(multiplied(base), line.cap) : multiplied(capped(base, line.cap));
  if (condition === true) return amount;
  if (!(condition instanceof Unknown)) return fault('conditionNotBoolean');
  const bounds = certain({ ...boundsOf(amount), mayVanish: true });
  return withBounds(join(condition, amount), bounds);
}

function capped(amount: number | Unknown, cap: number | undefined): number | Unknown {
  if (cap === undefined) return amount;
  if (typeof amount === 'number') return Math.min(amount, cap);
  return withBounds(amount, { least: Math.min(amount.least, cap), most: Math.min(amount.most, cap), mayVanish: amount.mayVanish });
}

/** A multiplier that is not applicable does not multiply; one that may vanish may leave the amount as it is. */
function multiply(amount: number | Unknown, by: number | Unknown): number | Unknown {
  if (isNotApplicable(by)) return amount;
  const product = times(amount, by);
  if (!(product instanceof Unknown) || !(by instanceof Unknown) || !by.mayVanish) return product;
  const [one, other] = [boundsOf(product), boundsOf(amount)];
  return withBounds(product, { least: Math.min(one.least, other.least), most: Math.max(one.most, other.most), mayVanish: other.mayVanish });
}
