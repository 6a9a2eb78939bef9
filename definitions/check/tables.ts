import { parseDate } from '#definitions/language/dates.js';
import type { Parameter, Programme, Table } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** Bands without holes, rows without doubles, parameters with a value in force: what a notice gets wrong. */
export function findUnsoundTables(programme: Programme): readonly Draft[] {
  return [
    ...programme.tables.flatMap((table, position) => tableDrafts(table, `/tables/${position}`)),
    ...programme.parameters.flatMap((parameter, position) => parameterDrafts(parameter, { opening: programme.opening.from, pointer: `/parameters/${position}` })),
  ];
}

function tableDrafts(table: Table, pointer: string): readonly Draft[] {
  const { bands, rows } = table;
  if ((bands === undefined) === (rows === undefined)) return [{ code: 'tableOfNoKind', pointer, params: { name: table.id } }];
  return bands === undefined ? rowDrafts(table, below(pointer, 'rows')) : bandDrafts(table, below(pointer, 'bands'));
}

type Bands = NonNullable<Table['bands']>;

/** Figures are whole (cents): the next band begins at the previous end plus one. */
function bandDrafts({ bands = [], otherwise, id }: Table, pointer: string): readonly Draft[] {
  if (bands.length === 0) return [{ code: 'tableEmpty', pointer, params: { name: id } }];
  const drafts = bands.flatMap((band, row) => (row === 0 ? bandAloneDrafts(band, { pointer, row }) : [...bandAloneDrafts(band, { pointer, row }), ...joinDrafts(bands, { pointer, row, otherwise })]));
  const last = bands.at(-1);
  if (otherwise === undefined && last?.upTo !== undefined) drafts.push({ code: 'bandsEndOpen', pointer: below(pointer, bands.length - 1), params: { upTo: last.upTo } });
  return drafts;
}

function bandAloneDrafts({ from, upTo }: Bands[number], { pointer, row }: { pointer: string; row: number }): readonly Draft[] {
  return from !== undefined && upTo !== undefined && from > upTo ? [{ code: 'bandUnreachable', pointer: below(pointer, row), params: { row: row + 1 } }] : [];
}

function joinDrafts(bands: Bands, { pointer, row, otherwise }: { pointer: string; row: number; otherwise: unknown }): readonly Draft[] {
  const before = Math.max(...bands.slice(0, row).map((band) => band.upTo ?? Infinity));
  const { from, upTo } = bands[row] ?? { value: 0 };
  const place = below(pointer, row);
  if (before === Infinity || (upTo !== undefined && upTo <= before)) return [{ code: 'bandUnreachable', pointer: place, params: { row: row + 1 } }];
  if (from === undefined || from === before + 1) return [];
  if (from <= before) return [{ code: 'bandOverlap', pointer: place, params: { from, upTo: before } }];
  return otherwise === undefined ? [{ code: 'bandGap', pointer: place, params: { from: before + 1, upTo: from - 1 } }] : [];
}

function rowDrafts({ rows = [], columns = [], otherwise, id }: Table, pointer: string): readonly Draft[] {
  if (rows.length === 0) return [{ code: 'tableEmpty', pointer, params: { name: id } }];
  const drafts: Draft[] = [];
  const earlier: { readonly key: Record<string, unknown>; readonly row: number }[] = [];
  rows.forEach((row, position) => {
    row.anyOf.forEach((key, at) => {
      const place = below(pointer, position, 'anyOf', at);
      const stray = Object.keys(key).filter((column) => !columns.includes(column));
      if (stray.length > 0) drafts.push({ code: 'rowColumnUnknown', pointer: place, params: { found: stray.join(', '), expected: columns.join(', ') } });
      const covering = earlier.find((candidate) => Object.entries(candidate.key).every(([column, value]) => Object.hasOwn(key, column) && (key as Record<string, unknown>)[column] === value));
      if (covering !== undefined) drafts.push({ code: 'rowUnreachable', pointer: place, params: { row: position + 1, earlier: covering.row + 1 } });
      earlier.push({ key, row: position });
    });
  });
  if (otherwise === undefined && !isComplete(earlier.map(({ key }) => key), columns)) drafts.push({ code: 'lookupIncomplete', pointer, params: { name: id } });
  return drafts;
}

/** Columns of yes and no can be counted through; others cannot, and need an "otherwise". */
function isComplete(keys: readonly Record<string, unknown>[], columns: readonly string[]): boolean {
  const areBoolean = keys.every((key) => Object.values(key).every((value) => typeof value === 'boolean'));
  if (!areBoolean || columns.length > 8) return false;
  return Array.from({ length: 2 ** columns.length }).every((_, mask) =>
    keys.some((key) => columns.every((column, bit) => !Object.hasOwn(key, column) || key[column] === ((mask >> bit) & 1) > 0)),
  );
}

function parameterDrafts(parameter: Parameter, { opening, pointer }: { opening: string; pointer: string }): readonly Draft[] {
  const drafts: Draft[] = [];
  parameter.values.forEach(({ from, value, invented }, position) => {
    const place = below(pointer, 'values', position);
    if (invented !== undefined && parameter.invented === true) drafts.push({ code: 'inventedTwice', pointer: below(place, 'invented'), params: { name: parameter.id } });
    const before = parameter.values[position - 1]?.from;
    if (parseDate(from) === null) drafts.push({ code: 'dateImpossible', pointer: below(place, 'from'), params: { date: from } });
    if (before !== undefined && before >= from) drafts.push({ code: 'parameterOrder', pointer: below(place, 'from'), params: { name: parameter.id, before, from } });
    if (!suits(value, parameter.unit)) drafts.push({ code: 'parameterValue', pointer: below(place, 'value'), params: { name: parameter.id, unit: parameter.unit } });
  });
  const [first] = parameter.values;
  if (first !== undefined && first.from > opening) drafts.push({ code: 'parameterLate', pointer: below(pointer, 'values', 0, 'from'), params: { name: parameter.id, from: first.from, opening } });
  return drafts;
}

function suits(value: unknown, unit: Parameter['unit']): boolean {
  if (unit === 'list') return Array.isArray(value) && new Set(value.map((part) => typeof part)).size <= 1;
  if (unit === 'date') return parseDate(value) !== null;
  if (unit === 'text') return typeof value === 'string';
  return typeof value === 'number' && Number.isSafeInteger(value);
}
