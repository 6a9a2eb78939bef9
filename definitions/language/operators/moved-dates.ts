import type { Compiler, Node, Operator } from '../compiler.js';
import { compile, faulty, part } from '../compiler.js';
import { formatDate, moveDate } from '../dates.js';
import { Unknown, fault } from '../unknown.js';
import { dateOf, unknownOf } from './dates.js';
import { whole } from './numbers.js';

const UNITS = ['days', 'months', 'years'] as const;

function compileDateAdd(argument: unknown, compiler: Compiler): Node {
  const unit = UNITS.find((name) => name === part(argument, 'unit'));
  if (unit === undefined) return faulty('expressionMalformed');
  const dateNode = compile(part(argument, 'to'), compiler);
  const amountNode = compile(part(argument, 'amount'), compiler);
  return (run) => {
    const date = dateOf(dateNode(run));
    const amount = whole(amountNode(run));
    if (date instanceof Unknown || amount instanceof Unknown) return unknownOf(date, amount);
    const moved = moveDate(date, { amount, unit });
    return moved === null ? fault('dateOutOfRange') : formatDate(moved);
  };
}

/** A date some time before or after another. */
export const MOVED_DATE_OPERATORS: readonly Operator[] = [{ name: 'dateAdd', compile: compileDateAdd }];
