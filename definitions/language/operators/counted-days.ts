import type { Compiler, Operators } from '../compiler.js';
import { MALFORMED, ofTwo } from '../compiler.js';
import type { CivilDate } from '../dates.js';
import { dayNumber, formatDate, moveDate } from '../day-numbers.js';
import { readOwn } from '../reading.js';
import type { Node } from '../run.js';
import { either, fault, whole } from '../unknown.js';
import { dateOf, distance } from './dates.js';

const UNITS = ['days', 'months', 'years'] as const;

/** A date some time before or after another. */
function compileDateAdd(argument: unknown, compiler: Compiler): Node {
  const unit = UNITS.find((name) => name === readOwn(argument, 'unit'));
  if (unit === undefined) return MALFORMED;
  const add = ofTwo((to, by) => {
    const [date, amount] = [dateOf(to), whole(by)];
    const unknown = either(date, amount);
    if (unknown !== undefined) return unknown;
    const moved = moveDate(date as CivilDate, { amount: amount as number, unit });
    return moved === null ? fault('dateOutOfRange') : formatDate(moved);
  });
  return add([readOwn(argument, 'to'), readOwn(argument, 'amount')], compiler);
}

/** What counts days: seldom asked in forms. */
export const DAY_OPERATORS: Operators = { daysBetween: distance((from, to) => dayNumber(to) - dayNumber(from)), dateAdd: compileDateAdd };
