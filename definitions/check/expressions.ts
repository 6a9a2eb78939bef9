import { ITEM_NAME } from '#definitions/language/question-index.js';
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
import type { Programme } from '#definitions/types/programme.js';
import { BOUNDED_OPERATORS } from './bounds.js';
import { findConstantConditions } from './conditions.js';
import type { Draft } from './finding.js';
import { listSites } from './sites.js';
import type { Site } from './sites.js';
import { typeOfQuestion } from './type.js';
import { expect } from './typing.js';
import type { Typing } from './typing.js';

/** Types every expression of the programme against the form. */
export function findIllTyped(typing: Typing): void {
  for (const site of listSites(typing.programme)) expect(site.expression, site.wanted, { typing: scopeOf(site, typing), pointer: site.pointer });
}

/** Inside a repeated group the element is `item`; among the findings of a step, they are read by their own ids. */
function scopeOf(site: Site, typing: Typing): Typing {
  const findings = site.step === undefined ? undefined : typing.findings.get(site.step);
  const index = findings ?? typing.questions;
  if (site.group === '') return findings === undefined ? typing : { ...typing, scope: new Map([...findings.values()].map((entry) => [entry.question.id, typeOfQuestion(entry, { index, isOpen: false })])) };
  return { ...typing, scope: new Map([...typing.scope, [ITEM_NAME, { kind: 'element', shape: site.group, index }]]) };
}

/** Names that an expression reads: `computed:award`, `var:income`, `table:limits`. */
function readsOf(expression: unknown, names: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof expression !== 'object' || expression === null) return names;
  for (const [name, argument] of Object.entries(expression)) {
    if ((name === 'computed' || name === 'var' || name === 'known' || name === 'table') && typeof argument === 'string') names.add(`${name === 'known' ? 'var' : name}:${argument}`);
    else readsOf(argument, names);
  }
  return names;
}

/** Computed values that need themselves, and questions whose visibility depends on itself. */
export function findCircles(programme: Programme): readonly Draft[] {
  const fallbacks = new Map(programme.tables.map((table) => [`table:${table.id}`, readsOf(table.otherwise)]));
  const computed = new Map(programme.computed.map(({ id, value }) => [`computed:${id}`, readsOf(value)]));
  const questions = new Map<string, ReadonlySet<string>>();
  for (const page of programme.form.pages) {
    for (const question of page.questions) {
      const reads = new Set([...readsOf(page.visible), ...readsOf(question.visible)]);
      for (const item of question.items ?? []) for (const read of readsOf(item.visible)) if (!read.startsWith(`var:${ITEM_NAME}.`)) reads.add(read);
      questions.set(`var:${question.id}`, new Set([...reads].map((read) => (read.startsWith('var:') ? `var:${read.slice(4).split('.')[0] ?? ''}` : read))));
    }
  }
  const edges = new Map([...fallbacks, ...computed, ...questions]);
  return [
    ...programme.computed.map(({ id }, position) => circleOf(`computed:${id}`, { edges, pointer: `/computed/${position}/value`, code: 'computedCircular' as const })),
    ...programme.form.pages.flatMap((page, at) =>
      page.questions.map(({ id }, position) => circleOf(`var:${id}`, { edges, pointer: `/form/pages/${at}/questions/${position}`, code: 'visibilityCircular' as const })),
    ),
    ...findItemCircles(programme),
  ].filter((draft) => draft !== undefined);
}

function findItemCircles(programme: Programme): readonly (Draft | undefined)[] {
  return programme.form.pages.flatMap((page, at) =>
    page.questions.flatMap((question, position) => {
      const edges = new Map((question.items ?? []).map((item) => [`var:${ITEM_NAME}.${item.id}`, readsOf(item.visible)]));
      return (question.items ?? []).map((item, inside) =>
        circleOf(`var:${ITEM_NAME}.${item.id}`, { edges, pointer: `/form/pages/${at}/questions/${position}/items/${inside}`, code: 'visibilityCircular' }),
      );
    }),
  );
}

function circleOf(start: string, { edges, pointer, code }: { edges: ReadonlyMap<string, ReadonlySet<string>>; pointer: string; code: Draft['code'] }): Draft | undefined {
  const seen = new Set<string>();
  const waiting = [...(edges.get(start) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === start) return { code, pointer, params: { name: start.slice(start.indexOf(':') + 1) } };
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...(edges.get(name) ?? []));
  }
  return undefined;
}

/**
 * Conditions that are settled before anybody answers, on every date on which a parameter changes: they are not
 * conditions. And points that can never reach the cap that the notice names.
 */
export function findConstants(programme: Programme): readonly Draft[] {
  const prepared = prepareProgramme(programme, { version: 'unpublished', operators: BOUNDED_OPERATORS });
  const changes = programme.parameters.flatMap(({ values }) => values.map(({ from }) => from)).filter((from) => from > programme.opening.from);
  const dates = [...new Set([programme.opening.from, ...changes, '9999-12-31'])].slice(0, 60);
  const decisions = dates.map((asOf) => evaluateProgramme(prepared, { asOf, answers: {} }));
  const constant = programme.rules.map((rule, position): Draft | undefined => {
    const values = new Set(decisions.map((decision) => decision.rules[position]?.value));
    const [value] = values;
    if (values.size > 1 || (value !== 'true' && value !== 'false')) return undefined;
    return { code: 'ruleConstant', pointer: `/rules/${position}/condition`, params: { name: rule.id, value } };
  });
  const rules = constant.filter((draft) => draft !== undefined);
  const parts = findConstantConditions(programme, dates).filter(({ pointer }) => !rules.some((rule) => rule.pointer === pointer));
  return [...rules, ...parts, ...findUnreachableCaps(programme, decisions)];
}

function findUnreachableCaps(programme: Programme, decisions: readonly ReturnType<typeof evaluateProgramme>[]): readonly Draft[] {
  const cap = programme.points?.cap;
  const drafts: Draft[] = [];
  const most = decisions.map(({ points }) => points.lines.reduce((total, line) => total + (line.max ?? Infinity), 0));
  if (cap !== undefined && Math.max(...most) < cap) drafts.push({ code: 'pointsCapUnreachable', pointer: '/points/cap', params: { cap, most: Math.max(...most) } });
  (programme.points?.lines ?? []).forEach((line, position) => {
    const highest = Math.max(...decisions.map(({ points }) => points.lines[position]?.max ?? Infinity));
    const cannot = line.cap !== undefined && line.multiplier === undefined && highest < line.cap;
    if (cannot) drafts.push({ code: 'pointsCapUnreachable', pointer: `/points/lines/${position}/cap`, params: { cap: line.cap ?? 0, most: highest } });
  });
  return drafts;
}
