import type { Table } from '#definitions/types/programme.js';
import type { Compiler, Operators } from '../compiler.js';
import { compile, faulty } from '../compiler.js';
import { readOwn } from '../reading.js';
import type { Node, Run } from '../run.js';
import { tellRead, withoutTrace } from '../run.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, hull, isNotApplicable, join, whole, withBounds } from '../unknown.js';

export type Band = NonNullable<Table['bands']>[number];
type Row = NonNullable<Table['rows']>[number];

/** The first band that holds the number. Without `from` a band begins above the previous one's `upTo`. */
export function bandPosition(bands: readonly Band[], number: number): number {
  return bands.findIndex((band) => number >= (band.from ?? -Infinity) && number <= (band.upTo ?? Infinity));
}

function compileOtherwise(table: Table, compiler: Compiler): Node {
  return table.otherwise === undefined ? faulty('tableWithoutRow') : compile(table.otherwise, compiler);
}

function tableOf(argument: unknown, { index: { programme } }: Compiler): Table | undefined {
  const name = readOwn(argument, 'table');
  return programme.tables.find(({ id }) => id === name);
}

function compileBand(argument: unknown, compiler: Compiler): Node {
  const table = tableOf(argument, compiler);
  const bands = table?.bands;
  if (table === undefined || bands === undefined) return faulty('tableUnknown');
  const numberNode = compile(readOwn(argument, 'of'), compiler);
  const otherwise = compileOtherwise(table, compiler);
  return (run) => {
    const number = whole(numberNode(run));
    if (number instanceof Unknown) return isNotApplicable(number) ? NOT_APPLICABLE : bandOfUnknown(run, { number, bands, otherwise });
    const position = bandPosition(bands, number);
    const band = bands[position];
    if (band === undefined) return otherwise(run);
    tellRead(run, { table: table.id, row: position }, band.value);
    return band.value;
  };
}

/** The values of all bands that the number may still fall in; the fallback too, unless the bands leave no hole. */
function bandOfUnknown(run: Run, { number, bands, otherwise }: { number: Unknown; bands: readonly Band[]; otherwise: Node }): Result {
  const reached = bands.filter((band) => (band.upTo ?? Infinity) >= number.least && (band.from ?? -Infinity) <= number.most);
  const values: Result[] = reached.map((band) => band.value);
  return spread(number, coversAll(bands) ? values : [...values, withoutTrace(run, otherwise)]);
}

export function coversAll(bands: readonly Band[]): boolean {
  return bands.every((band, row) => {
    const below = row === 0 ? -Infinity : (bands[row - 1]?.upTo ?? Infinity);
    const isJoined = band.from === undefined || band.from <= below + 1;
    return isJoined && (row < bands.length - 1 || band.upTo === undefined);
  });
}

/** An unknown that lies among these. */
function spread(unknown: Unknown, results: readonly Result[]): Unknown {
  const bounds = hull(results);
  return withBounds(unknown, unknown.mayVanish ? { ...bounds, mayVanish: true } : bounds);
}

function compileLookup(argument: unknown, compiler: Compiler): Node {
  const table = tableOf(argument, compiler);
  const rows = table?.rows;
  const key = readOwn(argument, 'key');
  if (table === undefined || rows === undefined || typeof key !== 'object' || key === null) return faulty('tableUnknown');
  // In one order, whatever the order of names in the document: the same hash gives the same bytes.
  const columns = Object.keys(key).sort().map((column) => ({ column, node: compile(readOwn(key, column), compiler) }));
  const otherwise = compileOtherwise(table, compiler);
  return (run) => {
    const keys = new Map<string, Result>();
    let unknown: Unknown | undefined;
    for (const { column, node } of columns) {
      const result = node(run);
      if (isNotApplicable(result)) return NOT_APPLICABLE;
      unknown = join(unknown, result);
      keys.set(column, result);
    }
    if (unknown !== undefined) return lookupUnknown(run, { unknown, rows, keys, otherwise });
    const position = rows.findIndex((row) => matches(row, keys));
    const row = rows[position];
    if (row === undefined) return otherwise(run);
    tellRead(run, { table: table.id, row: position }, row.value);
    return row.value;
  };
}

function lookupUnknown(run: Run, { unknown, rows, keys, otherwise }: { unknown: Unknown; rows: readonly Row[]; keys: ReadonlyMap<string, Result>; otherwise: Node }): Result {
  const possible = rows.filter((row) => matches(row, keys)).map((row) => row.value);
  return spread(unknown, [...possible, withoutTrace(run, otherwise)]);
}

/** A row matches by any of its keys; a column that a key leaves out matches everything, an unknown value may match. */
function matches(row: Row, keys: ReadonlyMap<string, Result>): boolean {
  return row.anyOf.some((key) =>
    Object.keys(key).every((column) => {
      const value = keys.get(column);
      return value instanceof Unknown || value === key[column];
    }),
  );
}

export const TABLE_OPERATORS: Operators = { band: compileBand, lookup: compileLookup };
