import type { Answers as LanguageAnswers, KeptSituation, PreparedForm } from '#definitions/language/form.js';
import { keepSituation, prepareForm, unaskedPaths } from '#definitions/language/form.js';
import { FORM_OPERATORS } from '#definitions/language/operators/form-operators.js';
import type { Programme, Question } from '#definitions/types/programme.js';

/** Answers by question id, as they come from outside: nothing is known of the values yet. */
export type GivenAnswers = Readonly<Record<string, unknown>>;

let operators = FORM_OPERATORS;
let prepared = new WeakMap<Programme, PreparedForm>();

/** Other words for conditions than those most forms use. */
export function learnOperators(more: typeof FORM_OPERATORS): void {
  operators = more;
  prepared = new WeakMap();
}

/** Parts of an expression that have a name and are no operators. */
const PART_NAMES = ['of', 'as', 'where', 'value'];

/** Is there a condition in this form, or in what it is worked out of, that takes words which are not loaded? */
export function needsOperators({ form, documents, computed }: Programme): boolean {
  const known = new Set([...PART_NAMES, ...operators.map(({ name }) => name)]);
  const seen = new Set<unknown>();
  const needs = (expression: unknown): boolean => {
    if (typeof expression !== 'object' || expression === null || seen.has(expression)) return false;
    seen.add(expression);
    if (Array.isArray(expression)) return expression.some(needs);
    return Object.entries(expression).some(([name, argument]) => !known.has(name) || needs(name === 'computed' ? computed.find(({ id }) => id === argument)?.value : argument));
  };
  const asks = ({ visible, dateMin, dateMax, value, items = [] }: Question): boolean => needs([visible, dateMin, dateMax, value]) || items.some(asks);
  return documents.some(({ requiredWhen }) => needs(requiredWhen)) || form.pages.some(({ visible, questions }) => needs(visible) || questions.some(asks));
}

/** Compiled once for each programme object. */
export function preparedOf(programme: Programme): PreparedForm {
  let form = prepared.get(programme);
  if (form === undefined) prepared.set(programme, (form = prepareForm(programme, operators)));
  return form;
}

const questions = new WeakMap<Programme, readonly Question[]>();

/** The questions of all pages, in their order. */
export function questionsOf(programme: Programme): readonly Question[] {
  let all = questions.get(programme);
  if (all === undefined) questions.set(programme, (all = programme.form.pages.flatMap((page) => page.questions)));
  return all;
}

interface Sitting {
  readonly programme: Programme;
  readonly today: string;
  readonly situation: KeptSituation;
  hidden?: ReadonlySet<string>;
  unasked?: ReadonlySet<string>;
}

const sittings = new WeakMap<GivenAnswers, Sitting>();

/**
 * Whoever freezes the answers says that nothing in them will change: then what is asked, and what is computed on the way,
 * is worked out once, however many ask.
 */
function sittingOf(programme: Programme, answers: GivenAnswers, today: string): Sitting {
  const known = sittings.get(answers);
  if (known?.programme === programme && known.today === today) return known;
  const sitting = { programme, today, situation: keepSituation({ answers: answers as LanguageAnswers, asOf: today }) };
  if (Object.isFrozen(answers)) sittings.set(answers, sitting);
  return sitting;
}

/** The situation in which a form is filled in: the answers and the day, nothing from registers. */
export function situationOf(programme: Programme, answers: GivenAnswers, today: string): KeptSituation {
  return sittingOf(programme, answers, today).situation;
}

/** Paths (`spouse`, `household.0.pregnant`) that these answers have settled as not asked. */
export function hiddenIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  const sitting = sittingOf(programme, answers, today);
  return (sitting.hidden ??= unaskedPaths(preparedOf(programme), sitting.situation));
}

/**
 * Paths that are not asked now: those settled as not asked, and those whose condition waits for an answer that has not
 * been given. A condition that waits for anything else (a register, a paper) does not keep its question away.
 */
export function unaskedIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  const sitting = sittingOf(programme, answers, today);
  return (sitting.unasked ??= unaskedPaths(preparedOf(programme), sitting.situation, 'orWaiting'));
}
