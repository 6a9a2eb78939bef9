import { parseDate } from '#definitions/language/dates.js';
import { isMoneyIn } from '#definitions/language/units.js';
import type { Table } from '#definitions/types/programme.js';
import { below } from './finding.js';
import { ANY, BOOLEAN, DATE, MONEY, NUMBER, TEXT, WHOLE, commonType, fits, isNumeric, isTextual } from './type.js';
import type { Type } from './type.js';
import { declaredType, expect, findDeclared, report, typeOf, typeOfParameter, typeOfPath, withName } from './typing.js';
import type { OperatorType, Typing } from './typing.js';

function operands(argument: unknown): readonly unknown[] {
  return Array.isArray(argument) ? argument : [];
}

function own(argument: unknown, name: string): unknown {
  return typeof argument === 'object' && argument !== null && Object.hasOwn(argument, name) ? (argument as Record<string, unknown>)[name] : undefined;
}

const readVar: OperatorType = (argument, typing, pointer) => (typeof argument === 'string' ? typeOfPath(argument, typing, pointer) : ANY);

const known: OperatorType = (argument, typing, pointer) => {
  readVar(argument, typing, pointer);
  return BOOLEAN;
};

const param: OperatorType = (argument, typing, pointer) => {
  findDeclared(typing.programme.parameters, argument, { typing, pointer, noun: 'parameter' });
  return (typeof argument === 'string' ? typeOfParameter(argument, typing) : undefined) ?? ANY;
};

function declared(noun: 'fact' | 'computed'): OperatorType {
  return (argument, typing, pointer) => {
    const list: readonly { readonly id: string; readonly type: string }[] = noun === 'fact' ? typing.programme.facts : typing.programme.computed;
    const found = findDeclared(list, argument, { typing, pointer, noun });
    return found === undefined ? ANY : declaredType(found.type);
  };
}

const document: OperatorType = (argument, typing, pointer) => {
  findDeclared(typing.programme.documents, argument, { typing, pointer, noun: 'document' });
  return BOOLEAN;
};

const date: OperatorType = (argument, typing, pointer) => {
  if (typeof argument === 'string' && parseDate(argument) === null) report(typing, { code: 'dateImpossible', pointer, params: { date: argument } });
  return DATE;
};

const list: OperatorType = (argument, typing, pointer) => {
  const types = operands(argument).map((part) => typeof part);
  if (new Set(types).size > 1) report(typing, { code: 'listMixed', pointer });
  const [first] = types;
  const of = first === 'number' ? WHOLE : first === 'boolean' ? BOOLEAN : first === 'string' ? TEXT : ANY;
  return { kind: 'list', of };
};

const equality: OperatorType = (argument, typing, pointer) => {
  const [left = ANY, right = ANY] = operands(argument).map((part, position) => typeOf(part, typing, below(pointer, position)));
  if (!fits(left, right)) report(typing, { code: 'comparisonMixed', pointer, params: { left: left.kind, right: right.kind } });
  else if (['list', 'composite', 'file', 'element'].some((kind) => kind === left.kind || kind === right.kind)) report(typing, { code: 'comparisonOfLists', pointer });
  checkOption(left, right, { typing, pointer });
  checkOption(right, left, { typing, pointer });
  return BOOLEAN;
};

/** A literal compared with a choice is one of its options, or the condition can never hold. */
function checkOption(choice: Type, literal: Type, { typing, pointer }: { typing: Typing; pointer: string }): void {
  if (choice.kind !== 'choice' || choice.isOpen || literal.kind !== 'literal' || choice.options.includes(literal.value)) return;
  report(typing, { code: 'optionUnknown', pointer, params: { found: literal.value, expected: choice.options.join(', ') } });
}

const order: OperatorType = (argument, typing, pointer) => {
  const [left = ANY, right = ANY] = operands(argument).map((part, position) => typeOf(part, typing, below(pointer, position)));
  const areOrdered = [left, right].every((type) => isNumeric(type) || type.kind === 'date');
  if (!areOrdered || !fits(left, right)) report(typing, { code: 'comparisonMixed', pointer, params: { left: left.kind, right: right.kind } });
  return BOOLEAN;
};

const membership: OperatorType = (argument, typing, pointer) => {
  const [left = ANY, right = ANY] = operands(argument).map((part, position) => typeOf(part, typing, below(pointer, position)));
  if (right.kind !== 'list' && right.kind !== 'any') report(typing, { code: 'typeMismatch', pointer: below(pointer, 1), params: { found: right.kind, expected: 'list' } });
  else if (right.kind === 'list' && !fits(left, right.of)) report(typing, { code: 'comparisonMixed', pointer, params: { left: left.kind, right: right.of.kind } });
  if (right.kind === 'list') checkOption(right.of, left, { typing, pointer });
  checkListed(left, own(operands(argument)[1], 'param'), { typing, pointer: below(pointer, 1, 'param') });
  const literals = own(operands(argument)[1], 'list');
  for (const value of operands(literals)) if (typeof value === 'string') checkOption(left, { kind: 'literal', value }, { typing, pointer: below(pointer, 1, 'list') });
  return BOOLEAN;
};

/** A list of the law names options as they are called in the form, whatever its date. */
function checkListed(choice: Type, parameter: unknown, { typing, pointer }: { typing: Typing; pointer: string }): void {
  const values = typing.programme.parameters.find(({ id, unit }) => id === parameter && unit === 'list')?.values ?? [];
  const stray = new Set(values.flatMap(({ value }) => (Array.isArray(value) ? value : [])).filter((value) => typeof value === 'string'));
  for (const value of stray) checkOption(choice, { kind: 'literal', value }, { typing, pointer });
}

const junction: OperatorType = (argument, typing, pointer) => {
  operands(argument).forEach((part, position) => expect(part, BOOLEAN, { typing, pointer: below(pointer, position) }));
  return BOOLEAN;
};

const not: OperatorType = (argument, typing, pointer) => {
  expect(argument, BOOLEAN, { typing, pointer });
  return BOOLEAN;
};

const either: OperatorType = (argument, typing, pointer) => {
  const [condition, then, otherwise] = operands(argument);
  expect(condition, BOOLEAN, { typing, pointer: below(pointer, 0) });
  const [one, other] = [typeOf(then, typing, below(pointer, 1)), typeOf(otherwise, typing, below(pointer, 2))];
  if (!fits(one, other)) report(typing, { code: 'waysMixed', pointer, params: { left: one.kind, right: other.kind } });
  return commonType(one, other);
};

/** `+ - min max`: numbers of one unit. */
const sameUnit: OperatorType = (argument, typing, pointer) => {
  let type: Type = WHOLE;
  operands(argument).forEach((part, position) => {
    const found = typeOf(part, typing, below(pointer, position));
    if (!isNumeric(found)) report(typing, { code: 'typeMismatch', pointer: below(pointer, position), params: { found: found.kind, expected: 'number' } });
    else if (!fits(found, type)) report(typing, { code: 'unitsMixed', pointer: below(pointer, position), params: { left: type.kind, right: found.kind } });
    else type = commonType(type, found);
  });
  return type;
};

/** Money times a count is money; money times money is nothing. */
const product: OperatorType = (argument, typing, pointer) => {
  const types = operands(argument).map((part, position) => {
    const found = typeOf(part, typing, below(pointer, position));
    if (!isNumeric(found)) report(typing, { code: 'typeMismatch', pointer: below(pointer, position), params: { found: found.kind, expected: 'number' } });
    return found.kind;
  });
  if (types.filter((kind) => kind === 'money').length > 1) report(typing, { code: 'moneyTimesMoney', pointer });
  if (types.includes('money')) return MONEY;
  return types.includes('any') ? ANY : types.every((kind) => kind === 'whole') ? WHOLE : NUMBER;
};

const divide: OperatorType = (argument, typing, pointer) => {
  const dividend = expect(own(argument, 'of'), ANY, { typing, pointer: below(pointer, 'of') });
  const by = expect(own(argument, 'by'), ANY, { typing, pointer: below(pointer, 'by') });
  for (const [name, type] of [['of', dividend], ['by', by]] as const) {
    if (!isNumeric(type)) report(typing, { code: 'typeMismatch', pointer: below(pointer, name), params: { found: type.kind, expected: 'number' } });
  }
  if (own(argument, 'by') === 0) report(typing, { code: 'divisionByZero', pointer: below(pointer, 'by') });
  if (by.kind === 'money') return dividend.kind === 'money' ? NUMBER : ANY;
  return dividend;
};

/** Typing of the element, for the inner expressions. */
function walk(argument: unknown, typing: Typing, pointer: string): Typing {
  const of = typeOf(own(argument, 'of'), typing, below(pointer, 'of'));
  if (of.kind !== 'list' && of.kind !== 'any') report(typing, { code: 'typeMismatch', pointer: below(pointer, 'of'), params: { found: of.kind, expected: 'list' } });
  const inner = withName(typing, own(argument, 'as'), { type: of.kind === 'list' ? of.of : ANY, pointer: below(pointer, 'as') });
  const where = own(argument, 'where');
  if (where !== undefined) expect(where, BOOLEAN, { typing: inner, pointer: below(pointer, 'where') });
  return inner;
}

const quantifier: OperatorType = (argument, typing, pointer) => {
  walk(argument, typing, pointer);
  return BOOLEAN;
};

const count: OperatorType = (argument, typing, pointer) => {
  walk(argument, typing, pointer);
  return NUMBER;
};

const sum: OperatorType = (argument, typing, pointer) => {
  const inner = walk(argument, typing, pointer);
  const type = typeOf(own(argument, 'value'), inner, below(pointer, 'value'));
  if (!isNumeric(type)) report(typing, { code: 'typeMismatch', pointer: below(pointer, 'value'), params: { found: type.kind, expected: 'number' } });
  return type;
};

const length: OperatorType = (argument, typing, pointer) => {
  const type = typeOf(argument, typing, pointer);
  if (type.kind !== 'list' && type.kind !== 'any') report(typing, { code: 'typeMismatch', pointer, params: { found: type.kind, expected: 'list' } });
  return NUMBER;
};

const distance: OperatorType = (argument, typing, pointer) => {
  operands(argument).forEach((part, position) => expect(part, DATE, { typing, pointer: below(pointer, position) }));
  return NUMBER;
};

const dateAdd: OperatorType = (argument, typing, pointer) => {
  expect(own(argument, 'to'), DATE, { typing, pointer: below(pointer, 'to') });
  expect(own(argument, 'amount'), NUMBER, { typing, pointer: below(pointer, 'amount') });
  return DATE;
};

/** A table's figures are what they are used as, unless its fallback is money: then they all are. */
function typeOfTable(table: Table | undefined, { programme }: Typing): Type {
  return table?.otherwise !== undefined && isMoneyIn(table.otherwise, programme) ? MONEY : WHOLE;
}

const band: OperatorType = (argument, typing, pointer) => {
  const table = findDeclared(typing.programme.tables, own(argument, 'table'), { typing, pointer: below(pointer, 'table'), noun: 'table' });
  if (table !== undefined && table.bands === undefined) report(typing, { code: 'tableWithoutBands', pointer: below(pointer, 'table'), params: { name: table.id } });
  const of = typeOf(own(argument, 'of'), typing, below(pointer, 'of'));
  if (!isNumeric(of)) report(typing, { code: 'typeMismatch', pointer: below(pointer, 'of'), params: { found: of.kind, expected: 'number' } });
  return typeOfTable(table, typing);
};

const lookup: OperatorType = (argument, typing, pointer) => {
  const table = findDeclared(typing.programme.tables, own(argument, 'table'), { typing, pointer: below(pointer, 'table'), noun: 'table' });
  if (table !== undefined && table.rows === undefined) report(typing, { code: 'tableWithoutRows', pointer: below(pointer, 'table'), params: { name: table.id } });
  const key = own(argument, 'key');
  const names = typeof key === 'object' && key !== null ? Object.keys(key) : [];
  for (const name of names) {
    const type = typeOf(own(key, name), typing, below(pointer, 'key', name));
    if (!isNumeric(type) && !isTextual(type) && type.kind !== 'boolean') report(typing, { code: 'typeMismatch', pointer: below(pointer, 'key', name), params: { found: type.kind, expected: 'text, number, boolean' } });
    if (table?.rows !== undefined) checkColumn(type, { typing, table, name, pointer: below(pointer, 'key', name) });
  }
  const columns = table?.columns ?? names;
  const missing = columns.filter((column) => !names.includes(column));
  if (table !== undefined && (missing.length > 0 || names.some((name) => !columns.includes(name)))) {
    report(typing, { code: 'lookupColumns', pointer: below(pointer, 'key'), params: { found: names.join(', '), expected: columns.join(', ') } });
  }
  return typeOfTable(table, typing);
};

/** The values of a column are of the type that is looked up in it. */
function checkColumn(type: Type, { typing, table, name, pointer }: { typing: Typing; table: Table; name: string; pointer: string }): void {
  for (const row of table.rows ?? []) {
    for (const key of row.anyOf) {
      const value = own(key, name);
      const found: Type = typeof value === 'boolean' ? { kind: 'boolean' } : typeof value === 'number' ? WHOLE : typeof value === 'string' ? { kind: 'literal', value } : ANY;
      if (!fits(found, type)) {
        report(typing, { code: 'lookupColumnMixed', pointer, params: { column: name, found: found.kind, expected: type.kind } });
        return;
      }
      checkOption(type, found, { typing, pointer });
    }
  }
}

const asOf: OperatorType = () => DATE;

/** One entry for each operator of `definitions/language/operators`; a test compares the two lists. */
export const OPERATOR_TYPES: ReadonlyMap<string, OperatorType> = new Map<string, OperatorType>([
  ['var', readVar],
  ['known', known],
  ['param', param],
  ['fact', declared('fact')],
  ['computed', declared('computed')],
  ['document', document],
  ['asOf', asOf],
  ['date', date],
  ['list', list],
  ['==', equality],
  ['!=', equality],
  ['<', order],
  ['<=', order],
  ['>', order],
  ['>=', order],
  ['in', membership],
  ['and', junction],
  ['or', junction],
  ['not', not],
  ['if', either],
  ['+', sameUnit],
  ['-', sameUnit],
  ['min', sameUnit],
  ['max', sameUnit],
  ['*', product],
  ['divRound', divide],
  ['some', quantifier],
  ['all', quantifier],
  ['none', quantifier],
  ['count', count],
  ['sum', sum],
  ['length', length],
  ['ageAt', distance],
  ['monthsBetween', distance],
  ['daysBetween', distance],
  ['dateAdd', dateAdd],
  ['band', band],
  ['lookup', lookup],
]);
