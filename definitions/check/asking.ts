import { canonicalise } from '#definitions/language/canonical.js';
import { ITEM_NAME } from '#definitions/language/question-index.js';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { createReads } from './reads.js';

/** A question where it stands: its page and place count, so that "asked before" has a meaning. */
interface Asked {
  readonly question: Question;
  readonly pointer: string;
  /** Its place in the order in which people meet the questions. */
  readonly order: number;
  /** The repeated group in which it stands, or "". */
  readonly group: string;
  /** The findings of an assessment are asked of employees. */
  readonly isFinding: boolean;
}

type Role = NonNullable<Question['role']>;

/** Fields that say who somebody is, whatever they are called. */
const IDENTIFYING: readonly Question['type'][] = ['afm', 'amka', 'personalNumber', 'identity', 'iban', 'email', 'phone'];
const IDENTIFYING_ROLES: readonly (Role | undefined)[] = ['applicantGivenName', 'applicantFamilyName', 'applicantBirthDate', 'applicantEmail', 'applicantPhone', 'applicantAfm', 'applicantAmka'];
const ROLE_OF_TYPE: { readonly [type: string]: Role } = { email: 'applicantEmail', phone: 'applicantPhone', afm: 'applicantAfm', amka: 'applicantAmka' };

/** What a form asks of people: with a reason, of the right person, in an order that can be answered, marked as what it is. */
export function findPoorQuestions(programme: Programme): readonly Draft[] {
  const asked = listAsked(programme);
  const own = asked.filter(({ isFinding }) => !isFinding);
  return [
    ...asked.flatMap((each) => [...explained(each), ...marked(each, programme), ...bounded(each)]),
    ...own.flatMap((each) => sparing(each)),
    ...roleDrafts(own),
    ...basisDrafts(own, programme),
    ...(programme.documents.length > 0 && programme.before === undefined ? [{ code: 'beforeMissing', pointer: '' } as const] : []),
    ...paperDrafts(programme),
    ...orderDrafts(programme, own),
    ...repeatedLabels(asked),
  ];
}

function listAsked({ form, flow }: Programme): readonly Asked[] {
  const asked: Asked[] = [];
  const visit = (questions: readonly Question[], { pointer, group, isFinding }: Pick<Asked, 'pointer' | 'group' | 'isFinding'>): void =>
    questions.forEach((question, position) => {
      const place = below(pointer, position);
      asked.push({ question, pointer: place, order: asked.length, group, isFinding });
      visit(question.items ?? [], { pointer: below(place, 'items'), group: question.id, isFinding });
    });
  form.pages.forEach(({ questions }, position) => visit(questions, { pointer: `/form/pages/${position}/questions`, group: '', isFinding: false }));
  flow.steps.forEach((step, position) => (step.kind === 'assess' ? visit(step.findings, { pointer: `/flow/steps/${position}/findings`, group: step.id, isFinding: true }) : undefined));
  return asked;
}

/** Whoever is asked may know why. */
function explained({ question, pointer }: Asked): readonly Draft[] {
  return question.purpose === undefined && question.type !== 'information' ? [{ code: 'purposeMissing', pointer, params: { name: question.id } }] : [];
}

/** Data are masked, kept apart and left out of publications by their mark, and a paper is as sensitive as the question for it. */
function marked({ question, pointer }: Asked, { documents }: Programme): readonly Draft[] {
  const { id, type, role, sensitivity } = question;
  if (sensitivity === undefined && (IDENTIFYING.includes(type) || IDENTIFYING_ROLES.includes(role))) return [{ code: 'sensitivityMissing', pointer, params: { name: id, sensitivity: 'identity' } }];
  const paper = question.document === undefined ? undefined : documents.find((document) => document.id === question.document);
  if (paper === undefined || paper.sensitivity === sensitivity) return [];
  return [{ code: 'sensitivityDiffers', pointer, params: { name: id, found: sensitivity ?? '–', paper: paper.id, expected: paper.sensitivity ?? '–' } }];
}

/** A figure without a most and a most takes a slip of the finger for an answer; nobody is born in the future. */
function bounded({ question, pointer }: Asked): readonly Draft[] {
  const { id, type, min, max, role, dateMax } = question;
  // An amount is never less than nothing unless the question says so.
  if (type === 'money' && max === undefined) return [{ code: 'numberOpen', pointer, params: { name: id, needed: 'max' } }];
  if (type === 'number' && (min === undefined || max === undefined)) return [{ code: 'numberOpen', pointer, params: { name: id, needed: min === undefined ? 'min' : 'max' } }];
  if ((type === 'text' || type === 'longText') && question.lengthMax === undefined) return [{ code: 'textOpen', pointer, params: { name: id } }];
  if (role === 'applicantBirthDate' && type === 'date' && dateMax === undefined) return [{ code: 'birthDateOpen', pointer, params: { name: id } }];
  return [];
}

/** Many have no e-mail and no bank account: they may not be kept out by the form. */
function sparing({ question, pointer }: Asked): readonly Draft[] {
  const isAsked = question.role === 'applicantEmail' || question.type === 'iban';
  return isAsked && question.optional !== true && question.visible === undefined ? [{ code: 'contactRequired', pointer, params: { name: question.id, type: question.type } }] : [];
}

/** The engine writes to people, greets them and finds their other cases by the roles of questions, never by their names. */
function roleDrafts(own: readonly Asked[]): readonly Draft[] {
  const roles = new Set(own.map(({ question }) => question.role));
  const drafts: Draft[] = [];
  const told = new Set<string>();
  for (const { question, pointer, group } of own) {
    const role = ROLE_OF_TYPE[question.type];
    if (group !== '' || role === undefined || roles.has(role) || told.has(role)) continue;
    told.add(role);
    drafts.push({ code: 'roleMissing', pointer, params: { name: question.id, role } });
  }
  const isOfPersons = own.some(({ question, group }) => group === '' && question.sensitivity === 'identity');
  const lacking = (['applicantGivenName', 'applicantFamilyName'] as const).filter((role) => !roles.has(role));
  if (isOfPersons) drafts.push(...lacking.map((role): Draft => ({ code: 'applicantUnnamed', pointer: '/form', params: { role } })));
  if (isOfPersons && !own.some(({ question }) => question.type === 'declaration')) drafts.push({ code: 'declarationMissing', pointer: '/form' });
  return drafts;
}

const NEEDS_NO_BASIS: readonly Question['type'][] = ['information', 'repeat', 'computed'];
/** Of ten questions, how many name their provision where that is the custom of the form. */
const CUSTOM_OF_TEN = 6;

/** Where the others of a form name their provision, the one that does not was forgotten. Who somebody is needs none of its own. */
function basisDrafts(own: readonly Asked[], { documents }: Programme): readonly Draft[] {
  const founded = new Set(documents.filter(({ legalBasis }) => legalBasis !== undefined).map(({ id }) => id));
  const comparable = own.filter(({ question, group }) => group === '' && question.sensitivity !== 'identity' && !NEEDS_NO_BASIS.includes(question.type));
  const lacking = comparable.filter(({ question }) => question.legalBasis === undefined && !founded.has(question.document ?? ''));
  if ((comparable.length - lacking.length) * 10 < comparable.length * CUSTOM_OF_TEN) return [];
  return lacking.map(({ question, pointer }): Draft => ({ code: 'basisUneven', pointer, params: { name: question.id } }));
}

/** A paper is asked for exactly when its question is shown: otherwise it is required of somebody who cannot give it. */
function paperDrafts({ form, documents }: Programme): readonly Draft[] {
  return form.pages.flatMap((page, at) =>
    page.questions.flatMap((question, position): readonly Draft[] => {
      const paper = question.document === undefined ? undefined : documents.find(({ id }) => id === question.document);
      if (paper === undefined || question.type !== 'file') return [];
      const required = conjunctsOf(paper.requiredWhen ?? true);
      const shown = [...conjunctsOf(page.visible ?? true), ...conjunctsOf(question.visible ?? true)];
      const isShownWhenRequired = shown.every((part) => required.includes(part));
      const isRequiredWhenShown = required.every((part) => shown.includes(part)) || question.optional === true;
      if (isShownWhenRequired && isRequiredWhenShown) return [];
      return [{ code: isShownWhenRequired ? 'paperAskedOfAll' : 'paperHidden', pointer: `/form/pages/${at}/questions/${position}`, params: { name: question.id, paper: paper.id } }];
    }),
  );
}

/** The parts that must all hold, each in one way of writing. */
function conjunctsOf(expression: unknown): readonly string[] {
  if (expression === true) return [];
  const parts = typeof expression === 'object' && expression !== null && Object.hasOwn(expression, 'and') ? (expression as { readonly and: unknown }).and : undefined;
  return Array.isArray(parts) ? parts.flatMap(conjunctsOf) : [canonicalise(expression)];
}

/** A condition may read only what was asked before: whoever has passed a question does not see that it has appeared. */
function orderDrafts(programme: Programme, own: readonly Asked[]): readonly Draft[] {
  const orders = new Map(own.map(({ question, group, order }) => [group === '' ? question.id : `${group}.${question.id}`, order]));
  const reads = createReads(programme);
  const later = (expression: unknown, { order, group }: { order: number; group: string }): string | undefined =>
    [...reads.of(expression)].find((path) => {
      const shape = path.startsWith(`${ITEM_NAME}.`) ? `${group}.${path.slice(ITEM_NAME.length + 1)}` : path;
      const found = orders.get(shape) ?? orders.get(shape.split('.')[0] ?? '');
      return found !== undefined && found > order;
    });
  const drafts = own.flatMap(({ question, pointer, order, group }): readonly Draft[] =>
    (['visible', 'dateMin', 'dateMax', 'value'] as const).flatMap((name): readonly Draft[] => {
      const path = later(question[name], { order, group });
      return path === undefined ? [] : [{ code: 'askedTooLate', pointer: below(pointer, name), params: { name: question.id, path } }];
    }),
  );
  const pages = programme.form.pages.flatMap((page, at): readonly Draft[] => {
    const first = page.questions[0];
    const path = first === undefined ? undefined : later(page.visible, { order: orders.get(first.id) ?? 0, group: '' });
    return path === undefined ? [] : [{ code: 'askedTooLate', pointer: `/form/pages/${at}/visible`, params: { name: page.id, path } }];
  });
  return [...drafts, ...pages];
}

/** Two options of one question, or two questions of one place, that read the same cannot be told apart. */
function repeatedLabels(asked: readonly Asked[]): readonly Draft[] {
  return asked.flatMap(({ question, pointer }) => {
    const seen = new Set<string>();
    return (question.options ?? []).flatMap(({ label }, position): readonly Draft[] => {
      const words = label.el.trim().toLowerCase();
      const isKnown = seen.has(words);
      seen.add(words);
      return isKnown ? [{ code: 'titleRepeated', pointer: below(pointer, 'options', position, 'label'), params: { title: label.el } }] : [];
    });
  });
}
