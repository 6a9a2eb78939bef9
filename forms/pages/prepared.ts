import type { Answers as LanguageAnswers, KeptSituation, PreparedForm, Unasked } from '#definitions/language/form.js';
import { keepSituation, nodeOf, prepareForm, unaskedPaths } from '#definitions/language/form.js';
import { Unknown } from '#definitions/language/unknown.js';
import { FORM_OPERATORS } from '#definitions/language/operators/form-operators.js';
import type { Programme, Question } from '#definitions/types/programme.js';

/** Answers by question id, as they come from outside: nothing is known of the values yet. */
export type GivenAnswers = Readonly<Record<string, unknown>>;

let operators = FORM_OPERATORS;
let prepared = onceFor(prepare);

function prepare(programme: Programme): PreparedForm {
  return prepareForm(programme, operators);
}

/** Worked out once for each object. */
export function onceFor<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new WeakMap<Key, Made>();
  return (key) => {
    let one = made.get(key);
    if (one === undefined) made.set(key, (one = make(key)));
    return one;
  };
}

/** Compiled once for each programme object. */
function preparedOf(programme: Programme): PreparedForm {
  return prepared(programme);
}

/** Other words for conditions than those most forms use. */
export function learnOperators(more: typeof FORM_OPERATORS): void {
  operators = more;
  prepared = onceFor(prepare);
}

/**
 * Is there a condition in this form, or in what it is worked out of, that takes words which are not loaded? An expression is
 * an object of one name; the name of anything else that has but one would be taken for a word, and the rest is loaded in vain.
 */
export function needsOperators({ form, documents, computed }: Programme): boolean {
  const seen = new Set<unknown>();
  const needs = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return false;
    seen.add(node);
    const entries = Object.entries(node);
    return (entries.length === 1 && !Array.isArray(node) && !entries.every(([name]) => Object.hasOwn(operators, name))) || entries.some(([name, below]) => needs(name === 'computed' ? computed.find(({ id }) => id === below)?.value : below));
  };
  return needs([form.pages, documents]);
}

/** The questions of all pages, in their order. */
export const questionsOf = onceFor(({ form }: Programme): readonly Question[] => form.pages.flatMap(({ questions }) => questions));

interface Sitting {
  readonly programme: Programme;
  readonly today: string;
  readonly situation: KeptSituation;
  readonly answers: GivenAnswers;
  settled?: Unasked;
}

/** Only of the last answers: a form is asked about over and over, and a register of all would cost more than it saves. */
let last: Sitting | undefined;

/**
 * Whoever freezes the answers says that nothing in them will change: then what is asked, and what is computed on the way,
 * is worked out once, however many ask.
 */
function sittingOf(programme: Programme, answers: GivenAnswers, today: string): Sitting {
  if (last?.programme === programme && last.answers === answers && last.today === today) return last;
  const sitting = { programme, answers, today, situation: keepSituation({ answers: answers as LanguageAnswers, asOf: today }) };
  if (Object.isFrozen(answers)) last = sitting;
  return sitting;
}

function unaskedOf(programme: Programme, answers: GivenAnswers, today: string): Unasked {
  const sitting = sittingOf(programme, answers, today);
  return (sitting.settled ??= unaskedPaths(preparedOf(programme), sitting.situation));
}

/**
 * What works expressions out in the situation in which a form is filled in: the answers and the day, nothing from
 * registers. Undefined: not known yet.
 */
export function calculatorOf(programme: Programme, answers: GivenAnswers, today: string): (expression: unknown) => unknown {
  const form = preparedOf(programme);
  const { situation } = sittingOf(programme, answers, today);
  return (expression) => {
    const result = nodeOf(form, expression)(keepSituation(situation));
    return result instanceof Unknown ? undefined : result;
  };
}

/** Paths (`spouse`, `household.0.pregnant`) that these answers have settled as not asked. */
export function hiddenIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  return unaskedOf(programme, answers, today).hidden;
}

/**
 * Paths that are not asked now: those settled as not asked, and those whose condition waits for an answer that has not
 * been given. A condition that waits for anything else (a register, a paper) does not keep its question away.
 */
export function unaskedIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  return unaskedOf(programme, answers, today).unasked;
}
