import type { Operator, Operators } from '../compiler.js';
import { ofTwo } from '../compiler.js';
import type { CivilDate } from '../dates.js';
import { monthsBetween, parseDate, yearsBetween } from '../dates.js';
import type { Result } from '../unknown.js';
import { Unknown, either, fault } from '../unknown.js';

export function dateOf(result: Result): CivilDate | Unknown {
  return result instanceof Unknown ? result : (parseDate(result) ?? fault('dateMalformed'));
}

export function distance(measure: (from: CivilDate, to: CivilDate) => number): Operator {
  return ofTwo((left, right) => {
    const [from, to] = [dateOf(left), dateOf(right)];
    return either(from, to) ?? measure(from as CivilDate, to as CivilDate);
  });
}

/** How far one date is from another. */
export const DATE_OPERATORS: Operators = { ageAt: distance(yearsBetween), monthsBetween: distance(monthsBetween) };
