import { canonicalise } from '#definitions/language/canonical.js';
import type { Expression, Programme, Question, Rule } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { listSites } from './sites.js';

/** Conditions that speak against one another, or say nothing: what can be seen without knowing a single answer. */
export function findConflicts(programme: Programme): readonly Draft[] {
  const look = lookAt(programme);
  return [
    ...listSites(programme).flatMap(({ expression, pointer }) => conflictsIn(expression, { pointer, look })),
    ...programme.rules.flatMap((rule, position) => ruleDrafts(rule, { pointer: `/rules/${position}`, look })),
    ...repeatedRules(programme),
    ...knownDrafts(programme),
    ...askedOfSomeDrafts(programme),
  ];
}

/** The value of a parameter while it has only one. */
interface Look {
  readonly parameters: ReadonlyMap<string, unknown>;
}

function lookAt({ parameters, overlayable }: Programme): Look {
  const open = new Set(overlayable.map(({ target }) => (target.noun === 'parameter' ? target.id : '')));
  return { parameters: new Map(parameters.filter(({ id, values }) => values.length === 1 && !open.has(id)).map(({ id, values }) => [id, values[0]?.value])) };
}

function conflictsIn(expression: unknown, { pointer, look }: { readonly pointer: string; readonly look: Look }): readonly Draft[] {
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([name, argument]: [string, unknown]): readonly Draft[] => {
    const place = below(pointer, name);
    if (name === 'and' && Array.isArray(argument) && areContrary(flatten(argument), look)) return [{ code: 'partsContrary', pointer: place }];
    return conflictsIn(argument, { pointer: place, look });
  });
}

/** The parts of "and", also of one inside another. */
function flatten(parts: readonly unknown[]): readonly unknown[] {
  return parts.flatMap((part) => {
    const inside = own(part, 'and');
    return Array.isArray(inside) ? flatten(inside) : [part];
  });
}

/** Two of them never hold together: something and its opposite, two options of one choice, a least above the most. */
function areContrary(parts: readonly unknown[], look: Look): boolean {
  const said = new Set(parts.map(canonicalise));
  if (parts.some((part) => said.has(canonicalise({ not: part })))) return true;
  const options = new Map<string, unknown>();
  const ranges = new Map<string, { least: number | string | undefined; most: number | string | undefined }>();
  for (const part of parts) {
    const [name = '', argument] = typeof part === 'object' && part !== null ? (Object.entries(part)[0] ?? []) : [];
    if (!Array.isArray(argument) || argument.length !== 2) continue;
    const [what, value] = [canonicalise(argument[0]), valueOf(argument[1], look)];
    if (name === '==' && typeof value === 'string') {
      if (options.has(what) && options.get(what) !== value) return true;
      options.set(what, value);
    }
    if (typeof value !== 'number' && typeof value !== 'string') continue;
    const range = ranges.get(what) ?? { least: undefined, most: undefined };
    if (name === '>=' || name === '>') range.least = value;
    if (name === '<=' || name === '<') range.most = value;
    if (range.least !== undefined && range.most !== undefined && typeof range.least === typeof range.most && range.least > range.most) return true;
    ranges.set(what, range);
  }
  return false;
}

function valueOf(expression: unknown, { parameters }: Look): unknown {
  const [parameter, date] = [own(expression, 'param'), own(expression, 'date')];
  return typeof parameter === 'string' ? parameters.get(parameter) : (date ?? expression);
}

/** A rule whose "when" already says what its condition asks, or the opposite. */
function ruleDrafts({ when, condition, id }: Rule, { pointer, look }: { readonly pointer: string; readonly look: Look }): readonly Draft[] {
  if (when === undefined) return [];
  const whens = flatten([when]);
  const conditions = flatten([condition]);
  if (areContrary([...whens, ...conditions], look)) return [{ code: 'whenSettles', pointer, params: { name: id, value: 'false' } }];
  const said = new Set(whens.map(canonicalise));
  return conditions.every((part) => said.has(canonicalise(part))) ? [{ code: 'whenSettles', pointer, params: { name: id, value: 'true' } }] : [];
}

/** The same condition under two names counts twice and is mended once. */
function repeatedRules({ rules }: Programme): readonly Draft[] {
  const first = new Map<string, string>();
  return rules.flatMap(({ id, condition, when, severity }, position): readonly Draft[] => {
    const key = canonicalise({ condition, severity, ...(when === undefined ? {} : { when }) });
    const other = first.get(key);
    if (other !== undefined) return [{ code: 'ruleRepeated', pointer: `/rules/${position}`, params: { name: id, other } }];
    first.set(key, id);
    return [];
  });
}

/** What everybody must answer has been answered by everybody. */
function knownDrafts(programme: Programme): readonly Draft[] {
  const asked = new Map<string, Question>();
  for (const page of programme.form.pages) if (page.visible === undefined) for (const question of page.questions) asked.set(question.id, question);
  const visit = (expression: Expression | undefined, pointer: string): readonly Draft[] => {
    if (typeof expression !== 'object') return [];
    return Object.entries(expression).flatMap(([name, argument]: [string, unknown]): readonly Draft[] => {
      const question = name === 'known' && typeof argument === 'string' ? asked.get(argument) : undefined;
      if (question !== undefined && question.optional !== true && question.visible === undefined) return [{ code: 'knownAlways', pointer: below(pointer, name), params: { path: question.id } }];
      return visit(argument as Expression, below(pointer, name));
    });
  };
  return programme.rules.flatMap(({ condition }, position) => visit(condition, `/rules/${position}/condition`));
}

/** A rule on what only some are asked lets all the others through; "when" says that this is meant. */
function askedOfSomeDrafts({ form, rules }: Programme): readonly Draft[] {
  const ofSome = new Set(form.pages.flatMap((page) => page.questions.filter(({ visible }) => (visible ?? page.visible) !== undefined).map(({ id }) => id)));
  return rules.flatMap(({ id, condition, when, severity }, position): readonly Draft[] => {
    const path = severity === 'blocking' && when === undefined ? directPaths(condition).find((each) => ofSome.has(each.split('.')[0] ?? '')) : undefined;
    return path === undefined ? [] : [{ code: 'ruleOfSome', pointer: `/rules/${position}`, params: { name: id, path } }];
  });
}

const DIRECT: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'in', 'not', 'ageAt'];

/** Answers that the condition compares itself: beside them nothing else can decide. */
function directPaths(condition: unknown): readonly string[] {
  const [name = '', argument] = typeof condition === 'object' && condition !== null ? (Object.entries(condition)[0] ?? []) : [];
  if (name === 'var') return [String(argument)];
  return DIRECT.includes(name) ? (Array.isArray(argument) ? argument : [argument]).flatMap(directPaths) : [];
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
