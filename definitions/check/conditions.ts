import { compile } from '#definitions/language/compiler.js';
import type { Compiler } from '#definitions/language/compiler.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import { startRun } from '#definitions/language/run.js';
import type { Run } from '#definitions/language/run.js';
import type { Programme } from '#definitions/types/programme.js';
import { BOUNDED_OPERATORS, settledComparison } from './bounds.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import type { Reads } from './reads.js';
import { createReads } from './reads.js';
import { listSites } from './sites.js';
import { BOOLEAN } from './type.js';

const COMPARING: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or', 'not'];
/** Their conditions speak of one element, which is not there before anybody answers. */
const QUANTIFIERS: readonly string[] = ['some', 'all', 'none', 'count', 'sum'];

interface Look {
  readonly compiler: Compiler;
  readonly reads: Reads;
  /** Parameters that a municipality may set, and "" for the day: what they settle here is open elsewhere. */
  readonly open: ReadonlySet<string>;
  readonly runs: readonly Run[];
  readonly found: Draft[];
}

/**
 * Parts of conditions that are settled before anybody answers, on every date on which a parameter changes: `true` in an
 * "and", an age that cannot be, more people than the form has room for. Of a whole rule it is `ruleConstant`.
 */
export function findConstantConditions(programme: Programme, dates: readonly string[]): readonly Draft[] {
  const prepared = prepareProgramme(programme, { version: 'unpublished', operators: BOUNDED_OPERATORS });
  const runs = dates.map((asOf) => startRun({ asOf, answers: {} }));
  const open = new Set(['', ...programme.overlayable.map(({ target }) => (target.noun === 'parameter' ? (target.id ?? '') : ''))]);
  const look: Look = { reads: createReads(programme), open, compiler: prepared.compiler, runs, found: [] };
  for (const { expression, pointer, wanted, group, step } of listSites(programme)) {
    const rule = programme.rules.find((_, position) => pointer === `/rules/${position}/condition`)?.id;
    const isCondition = wanted === BOOLEAN && rule === undefined;
    // A paper that everybody brings is written so.
    if (isCondition && expression === true && pointer.startsWith('/documents/')) continue;
    visit(expression, { look, pointer, isCondition, isOfElement: group !== '' || step !== undefined, rule });
  }
  return look.found;
}

interface Place {
  readonly look: Look;
  readonly pointer: string;
  /** The value decides something: it stands where a condition is wanted. */
  readonly isCondition: boolean;
  /** Inside it, names stand for an element that is not there. */
  readonly isOfElement: boolean;
  /** The rule of which this is the whole condition. */
  readonly rule: string | undefined;
}

function visit(expression: unknown, place: Place): void {
  const { look, pointer, isCondition, isOfElement } = place;
  if (typeof expression === 'boolean') {
    if (isCondition) look.found.push({ code: 'conditionConstant', pointer, params: { value: String(expression) } });
    return;
  }
  if (typeof expression !== 'object' || expression === null) return;
  const [name = ''] = Object.keys(expression);
  const argument = (expression as Record<string, unknown>)[name];
  const value = !isOfElement && COMPARING.includes(name) ? constantOf(expression, place) : undefined;
  if (value !== undefined) {
    look.found.push(place.rule === undefined ? { code: 'conditionConstant', pointer, params: { value: String(value) } } : { code: 'ruleConstant', pointer, params: { name: place.rule, value: String(value) } });
    return;
  }
  const inside = { ...place, rule: undefined, isOfElement: isOfElement || QUANTIFIERS.includes(name) };
  if (name === 'and' || name === 'or' || name === 'not') partsOf(argument).forEach(([part, at]) => visit(part, { ...inside, pointer: below(pointer, name, ...at), isCondition: true }));
  else if (name === 'if') partsOf(argument).forEach(([part, at]) => visit(part, { ...inside, pointer: below(pointer, name, ...at), isCondition: at[0] === 0 }));
  else if (typeof argument === 'object' && argument !== null) for (const [key, part] of Object.entries(argument)) visit(part, { ...inside, pointer: below(pointer, name, key), isCondition: false });
}

function partsOf(argument: unknown): readonly (readonly [unknown, readonly number[]])[] {
  return Array.isArray(argument) ? argument.map((part: unknown, position) => [part, [position]] as const) : [[argument, []]];
}

function constantOf(expression: unknown, { look: { compiler, runs, reads, open }, rule }: Place): boolean | undefined {
  const node = settledComparison(expression, compiler) ?? compile(expression, compiler);
  let value: boolean | undefined;
  for (const run of runs) {
    run.readCount = 0;
    const result = node(run);
    if (typeof result !== 'boolean' || (value !== undefined && value !== result)) return undefined;
    value = result;
  }
  // A whole rule was tried on every day.
  return value === undefined || [...reads.parametersOf(expression)].some((name) => open.has(name) && (name !== '' || rule === undefined)) ? undefined : value;
}
