import type { Programme, Table } from '#definitions/types/programme.js';
import { EXPLAIN_WORDS } from './sentences/explain-words.js';
import { currencyOf, nameDeclared, nameOption, namePath } from './sentences/names.js';
import { createSpeaker, operatorOf, optionsOf, own } from './sentences/speaker.js';
import type { Speaker, SpokenLanguage } from './sentences/speaker.js';
import type { Value } from './situation.js';
import { isMoneyIn } from './units.js';
import { writeValue } from './wording.js';

type Kind = 'money' | 'number';

/** How a programme reads a table: what its figures and its bands are, and what is looked up in each column. */
interface TableUse {
  readonly figures: Set<Kind>;
  readonly bands: Set<Kind>;
  readonly columns: Map<string, unknown>;
}

/** The rows as an official compares them with the notice: by the names of what is looked up, amounts as amounts. */
export function tableRows(programme: Programme, table: Table, language: SpokenLanguage): readonly string[] {
  const words = EXPLAIN_WORDS[language];
  const use = useOfTable(programme, table.id);
  const speaker = createSpeaker(programme, { language });
  const write = (value: Value, kinds: ReadonlySet<Kind>): string => writeValue(value, { kind: kinds.size === 1 && kinds.has('money') ? 'money' : 'number', language, ...currencyOf(speaker) });
  const bands = (table.bands ?? []).map(({ from, upTo, value }) => {
    const lower = from === undefined ? '' : `${words.fromValue} ${write(from, use.bands)} `;
    return `${lower}${upTo === undefined ? words.above : `${words.upTo} ${write(upTo, use.bands)}`}: ${write(value, use.figures)}`;
  });
  const rows = (table.rows ?? []).map(({ anyOf, value }) => {
    const keys = anyOf.map((key) => Object.entries(key).map(([column, part]) => `${nameColumn(column, { use, speaker })} = ${nameKey(part as Value, { read: use.columns.get(column), speaker })}`).join(', '));
    return `${keys.join(` ${words.or} `)}: ${write(value, use.figures)}`;
  });
  return [...bands, ...rows];
}

/** A column is called as what is looked up in it; a table that nothing reads has only its own names. */
function nameColumn(column: string, { use, speaker }: { readonly use: TableUse; readonly speaker: Speaker }): string {
  return nameIn(use.columns.get(column), speaker) ?? column;
}

/** The first name that an expression reads. */
function nameIn(expression: unknown, speaker: Speaker): string | undefined {
  const [name = '', argument] = operatorOf(expression) ?? [];
  const { computed, parameters } = speaker.programme;
  if (name === 'var') return namePath(String(argument), speaker);
  const declared = [...(name === 'computed' ? computed : []), ...(name === 'param' ? parameters : [])].find(({ id }) => id === argument);
  if (declared !== undefined) return nameDeclared(declared, speaker);
  return typeof argument === 'object' && argument !== null ? Object.values(argument).map((part) => nameIn(part, speaker)).find((found) => found !== undefined) : undefined;
}

function nameKey(value: Value, { read, speaker }: { readonly read: unknown; readonly speaker: Speaker }): string {
  const options = optionsOf(read, speaker);
  if (options !== undefined && typeof value === 'string') return nameOption(value, options, speaker);
  return writeValue(value, { kind: isMoneyIn(read, speaker.programme) ? 'money' : 'number', language: speaker.language, ...currencyOf(speaker) });
}

function useOfTable(programme: Programme, id: string): TableUse {
  const use: TableUse = { figures: new Set(), bands: new Set(), columns: new Map() };
  const look: Look = { programme, id, use };
  for (const { value, type } of programme.computed) visit(value, { ...look, kind: type === 'money' ? 'money' : 'number' });
  for (const { otherwise } of programme.tables) visit(otherwise, { ...look, kind: 'number' });
  for (const { condition, when } of programme.rules) [condition, when].forEach((part) => visit(part, { ...look, kind: 'number' }));
  for (const { points, when, multiplier } of programme.points?.lines ?? []) [points, when, multiplier].forEach((part) => visit(part, { ...look, kind: 'number' }));
  return use;
}

const PASSING: readonly string[] = ['if', '+', '-', 'min', 'max', 'divRound'];
const COMPARING: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

interface Look {
  readonly programme: Programme;
  /** Of the table. */
  readonly id: string;
  readonly use: TableUse;
}

/** A table does not say what its figures are. Where they are read tells: added to money they are money, times money they are none. */
function visit(expression: unknown, look: Look & { readonly kind: Kind }): void {
  const [name = '', argument] = operatorOf(expression) ?? [];
  if (typeof argument !== 'object' || argument === null) return;
  const { programme, id, use, kind } = look;
  if ((name === 'band' || name === 'lookup') && own(argument, 'table') === id) {
    use.figures.add(kind);
    if (name === 'band') use.bands.add(isMoneyIn(own(argument, 'of'), programme) ? 'money' : 'number');
    for (const [column, key] of Object.entries(own(argument, 'key') ?? {})) if (operatorOf(use.columns.get(column)) === null) use.columns.set(column, key);
  }
  const operands: readonly unknown[] = Array.isArray(argument) ? argument : Object.values(argument);
  const measured = name === 'if' ? operands.slice(1) : operands;
  const isMoney = isMoneyIn(measured, programme);
  const passed = name === '*' ? (isMoney ? 'number' : kind) : PASSING.includes(name) && !isMoney ? kind : (PASSING.includes(name) || COMPARING.includes(name)) && isMoney ? 'money' : 'number';
  for (const part of operands) visit(part, { ...look, kind: measured.includes(part) ? passed : 'number' });
}
