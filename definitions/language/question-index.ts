import type { Expression, Programme, Question } from '#definitions/types/programme.js';
import type { Run } from './run.js';
import type { Result } from './unknown.js';

/** The name by which an expression inside a repeated group reads the element it stands in. */
export const ITEM_NAME = 'item';

/** A condition on which a question depends. */
export interface VisibilityCondition {
  readonly id: string;
  readonly expression: Expression;
  /** Shape path of the repeated group whose element the condition stands in, or "" at the top. */
  readonly group: string;
  /** The evaluator's: what it says of the question at a path. */
  asks?: Asks;
}

export type Asks = (run: Run, path: string) => Result;

export interface QuestionEntry {
  readonly question: Question;
  /** Path without element numbers: `household.birthDate`. */
  readonly shape: string;
  /** Shape path of the repeated group it stands in, or "". */
  readonly group: string;
  readonly conditions: readonly VisibilityCondition[];
}

export type QuestionIndex = ReadonlyMap<string, QuestionEntry>;

/** The questions of the form by shape path. Information between questions has no answer and is included for its visibility. */
export function indexForm({ form }: Programme): QuestionIndex {
  const index = new Map<string, QuestionEntry>();
  for (const { id, visible, questions } of form.pages) addQuestions(index, questions, { group: '', conditions: conditionsOf({ id: `page:${id}`, visible }) });
  return index;
}

/** The findings of each `assess` step by step id. */
export function indexFindings({ flow }: Programme): ReadonlyMap<string, QuestionIndex> {
  return new Map(flow.steps.flatMap((step) => (step.kind === 'assess' ? [[step.id, addQuestions(new Map(), step.findings, { group: '', conditions: [] })]] : [])));
}

interface Place {
  readonly group: string;
  readonly conditions: readonly VisibilityCondition[];
}

function conditionsOf({ id, visible, group = '' }: { readonly id: string; readonly visible: Expression | undefined; readonly group?: string }): readonly VisibilityCondition[] {
  return visible === undefined ? [] : [{ id, expression: visible, group }];
}

function addQuestions(index: Map<string, QuestionEntry>, questions: readonly Question[], { group, conditions: outer }: Place): QuestionIndex {
  for (const question of questions) {
    const shape = group === '' ? question.id : `${group}.${question.id}`;
    const conditions = [...outer, ...conditionsOf({ id: shape, visible: question.visible, group })];
    index.set(shape, { question, shape, group, conditions });
    addQuestions(index, question.items ?? [], { group: shape, conditions });
  }
  return index;
}

/** The question of a shape path, or of the longest part of it that is one (`address.postcode` → `address`). */
export function findQuestion(index: QuestionIndex, shape: string): QuestionEntry | undefined {
  return shape === '' ? undefined : (index.get(shape) ?? findQuestion(index, parentOf(shape)));
}

/** `household.2.age` → `household.2` → `household` → "". */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}
