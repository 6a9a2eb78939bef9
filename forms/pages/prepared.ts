import type { Answers as LanguageAnswers, PreparedForm, Situation } from '#definitions/language/form.js';
import { hiddenPaths, prepareForm } from '#definitions/language/form.js';
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

/** The situation in which a form is filled in: the answers and the day, nothing from registers. */
export function situationOf(answers: GivenAnswers, today: string): Situation {
  return { answers: answers as LanguageAnswers, asOf: today };
}

interface Settled {
  readonly programme: Programme;
  readonly today: string;
  readonly hidden: ReadonlySet<string>;
}

const settled = new WeakMap<GivenAnswers, Settled>();

/**
 * Paths (`spouse`, `household.0.pregnant`) that these answers have settled as not asked. Whoever freezes the answers says
 * that nothing in them will change: then it is worked out once, however many ask.
 */
export function hiddenIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  const known = settled.get(answers);
  if (known?.programme === programme && known.today === today) return known.hidden;
  const hidden = hiddenPaths(preparedOf(programme), answers as LanguageAnswers, { asOf: today });
  if (Object.isFrozen(answers)) settled.set(answers, { programme, today, hidden });
  return hidden;
}

/**
 * Paths that are not asked now: those settled as not asked, and those whose condition waits for an answer that has not
 * been given. A condition that waits for anything else (a register, a paper) does not keep its question away.
 */
export function unaskedIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  return hiddenPaths(preparedOf(programme), answers as LanguageAnswers, { asOf: today }, 'orWaiting');
}
