import { ITEM_NAME } from '#definitions/language/question-index.js';
import { TOTAL_CAP_LINE } from '#definitions/language/points.js';
import { findOverlayTarget } from '#definitions/language/overlay.js';
import { parseDate } from '#definitions/language/dates.js';
import type { OverlayTarget, Programme, Question } from '#definitions/types/programme.js';
import { SCHEMAS } from '#definitions/types/schemas.js';
import { CAPS } from './caps.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** Ids that are unique, questions that are whole, papers and overlayable things that exist. */
export function findBrokenReferences(programme: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  return [...idDrafts(programme), ...formDrafts(programme, damaged), ...overlayableDrafts(programme), ...dateDrafts(programme)];
}

function idDrafts(programme: Programme): readonly Draft[] {
  const lists: readonly (readonly [string, readonly { readonly id: string }[]])[] = [
    ['/documents', programme.documents],
    ['/parameters', programme.parameters],
    ['/tables', programme.tables],
    ['/facts', programme.facts],
    ['/computed', programme.computed],
    ['/rules', programme.rules],
    ['/points/lines', programme.points?.lines ?? []],
    ['/flow/steps', programme.flow.steps],
    ['/flow/stages', programme.flow.stages],
    ['/messages', programme.messages],
    ['/form/pages', programme.form.pages],
    ['/subject/groups', programme.subject?.groups ?? []],
    ['/calendar/places', programme.calendar?.places ?? []],
    ['/calendar/resources', programme.calendar?.resources ?? []],
    ['/calendar/appointments', programme.calendar?.appointments ?? []],
    ['/calendar/walkIns', programme.calendar?.walkIns ?? []],
    ['/stock/allotments', programme.stock?.allotments ?? []],
    ['/stock/rounds', programme.stock?.rounds ?? []],
    ['/indicators/figures', programme.indicators?.figures ?? []],
  ];
  const drafts = lists.flatMap(([pointer, list]) => repeatedIds(list, pointer));
  (programme.points?.lines ?? []).forEach(({ id }, position) => {
    if (id === TOTAL_CAP_LINE) drafts.push({ code: 'nameTaken', pointer: `/points/lines/${position}/id`, params: { name: id } });
  });
  return drafts;
}

function repeatedIds(list: readonly { readonly id: string }[], pointer: string): Draft[] {
  const seen = new Set<string>();
  const drafts: Draft[] = [];
  list.forEach(({ id }, position) => {
    if (seen.has(id)) drafts.push({ code: 'idRepeated', pointer: below(pointer, position, 'id'), params: { name: id } });
    seen.add(id);
  });
  return drafts;
}

function formDrafts(programme: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  const drafts: Draft[] = [];
  const steps = new Set(programme.flow.steps.filter(({ kind }) => kind === 'assess').map(({ id }) => id));
  const ids = new Map<string, string>();
  const roles = new Map<string, string>();
  let count = 0;
  const visit = (questions: readonly Question[], pointer: string, group: string): void => {
    questions.forEach((question, position) => {
      const place = below(pointer, position);
      count += 1;
      const known = group === '' && (ids.has(question.id) || steps.has(question.id) || question.id === ITEM_NAME);
      if (known) drafts.push({ code: ids.has(question.id) ? 'idRepeated' : 'nameTaken', pointer: below(place, 'id'), params: { name: question.id } });
      if (group === '') ids.set(question.id, place);
      if (question.role !== undefined && roles.has(question.role)) drafts.push({ code: 'roleRepeated', pointer: below(place, 'role'), params: { role: question.role } });
      if (question.role !== undefined) roles.set(question.role, place);
      drafts.push(...questionDrafts(question, { programme, damaged, pointer: place, group }));
      drafts.push(...(group === '' ? [] : repeatedIds(questions.slice(0, position + 1), pointer).filter((draft) => draft.pointer === below(place, 'id'))));
      if (question.items !== undefined) visit(question.items, below(place, 'items'), question.id);
    });
  };
  programme.form.pages.forEach((page, position) => visit(page.questions, `/form/pages/${position}/questions`, ''));
  programme.flow.steps.forEach((step, position) => {
    if (step.kind !== 'assess') return;
    drafts.push(...repeatedIds(step.findings, `/flow/steps/${position}/findings`));
    step.findings.forEach((question, at) => drafts.push(...questionDrafts(question, { programme, damaged, pointer: `/flow/steps/${position}/findings/${at}`, group: step.id })));
  });
  if (count > CAPS.questionsMax) drafts.push({ code: 'capQuestions', pointer: '/form', params: { found: count, limit: CAPS.questionsMax } });
  return drafts;
}

/** What a field of this type needs beside its label. */
const NEEDED: { readonly [type: string]: keyof Question } = { choice: 'options', choices: 'options', repeat: 'items', file: 'document', computed: 'value' };
const BOUNDED: readonly Question['type'][] = ['number', 'money'];

function questionDrafts(question: Question, { programme, damaged, pointer, group }: { programme: Programme; damaged: ReadonlySet<string>; pointer: string; group: string }): readonly Draft[] {
  const drafts: Draft[] = [];
  const needed = NEEDED[question.type];
  const value = needed === undefined ? undefined : question[needed];
  if (needed !== undefined && (value === undefined || (Array.isArray(value) && value.length === 0))) drafts.push({ code: 'questionIncomplete', pointer, params: { name: question.id, type: question.type, needed } });
  if (question.type === 'repeat' && group !== '') drafts.push({ code: 'repeatNested', pointer, params: { name: question.id } });
  const { document } = question;
  if (document !== undefined && !damaged.has(document) && !programme.documents.some(({ id }) => id === document)) {
    drafts.push({ code: 'nameUnknown', pointer: below(pointer, 'document'), params: { noun: 'document', name: document } });
  }
  const values = (question.options ?? []).map(({ value: option }) => ({ id: option }));
  drafts.push(...repeatedIds(values, below(pointer, 'options')).map((draft) => ({ ...draft, pointer: draft.pointer.replace(/id$/, 'value') })));
  if (question.min !== undefined && question.max !== undefined && question.min > question.max) drafts.push({ code: 'boundsCrossed', pointer: below(pointer, 'max'), params: { min: question.min, max: question.max } });
  if (question.itemsMin !== undefined && question.itemsMax !== undefined && question.itemsMin > question.itemsMax) {
    drafts.push({ code: 'boundsCrossed', pointer: below(pointer, 'itemsMax'), params: { min: question.itemsMin, max: question.itemsMax } });
  }
  const isBounded = question.min !== undefined || question.max !== undefined;
  if (isBounded && !BOUNDED.includes(question.type)) drafts.push({ code: 'boundsOfNothing', pointer: below(pointer, question.min === undefined ? 'max' : 'min'), params: { type: question.type } });
  const isSensitive = question.sensitivity === 'special' || question.sensitivity === 'criminal';
  const basis = question.legalBasis ?? programme.documents.find(({ id }) => id === document)?.legalBasis;
  if (isSensitive && basis === undefined) drafts.push({ code: 'sensitiveWithoutBasis', pointer, params: { name: question.id } });
  return drafts;
}

function overlayableDrafts(programme: Programme): readonly Draft[] {
  const drafts: Draft[] = [];
  programme.overlayable.forEach(({ target, min, max }, position) => {
    const pointer = `/overlayable/${position}`;
    const isThere = findOverlayTarget(programme, target) !== undefined && (propertiesOf(target.noun)?.has(target.property) ?? true);
    if (!isThere) drafts.push({ code: 'overlayableMissing', pointer: below(pointer, 'target'), params: { target: [target.noun, target.id ?? '', target.property].filter(Boolean).join(' ') } });
    if (min !== undefined && max !== undefined && min > max) drafts.push({ code: 'boundsCrossed', pointer: below(pointer, 'max'), params: { min, max } });
  });
  return drafts;
}

const NOUN_FILES: { readonly [noun in OverlayTarget['noun']]: string } = {
  programme: 'programme.json',
  contact: 'programme.json',
  calendar: 'programme.json',
  parameter: 'parameter.json',
  table: 'table.json',
  message: 'message.json',
  step: 'flow.json',
  question: 'question.json',
  document: 'document-kind.json',
  place: 'calendar.json',
  resource: 'calendar.json',
  appointment: 'calendar.json',
  walkIn: 'calendar.json',
  commodity: 'stock.json',
  kit: 'stock.json',
  allotment: 'stock.json',
  round: 'stock.json',
  figure: 'indicators.json',
};
const known = new Map<string, ReadonlySet<string>>();

/** Every property that the schema of a noun names: one that is optional and absent may be set, one that is unknown may not. */
function propertiesOf(noun: OverlayTarget['noun']): ReadonlySet<string> | undefined {
  const file = NOUN_FILES[noun];
  const names = known.get(file) ?? new Set<string>();
  if (names.size === 0) collectProperties(SCHEMAS[file], names as Set<string>);
  known.set(file, names);
  return names.size === 0 ? undefined : names;
}

function collectProperties(schema: unknown, names: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties } = schema as { readonly properties?: unknown };
  if (typeof properties === 'object' && properties !== null) for (const name of Object.keys(properties)) names.add(name);
  for (const part of Object.values(schema)) collectProperties(part, names);
}

function dateDrafts({ opening }: Programme): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const name of ['from', 'until'] as const) {
    const date = opening[name];
    if (date !== undefined && parseDate(date) === null) drafts.push({ code: 'dateImpossible', pointer: `/opening/${name}`, params: { date } });
  }
  if (opening.until !== undefined && opening.until < opening.from) drafts.push({ code: 'boundsCrossed', pointer: '/opening/until', params: { min: opening.from, max: opening.until } });
  return drafts;
}
