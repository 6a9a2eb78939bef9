import type { Expression, Programme, Question } from '#definitions/types/programme.js';

/** The name by which an expression inside a repeated group reads the element it stands in. */
export const ITEM_NAME = 'item';

/** A condition on which a question depends, and how many segments of its path name the element it stands in. */
export interface VisibilityCondition {
  readonly id: string;
  readonly expression: Expression;
  /** Shape path of the repeated group whose element the condition stands in, or "" at the top. */
  readonly group: string;
}

export interface QuestionEntry {
  readonly question: Question;
  /** Path without element numbers: `household.birthDate`. */
  readonly shape: string;
  /** Shape path of the repeated group it stands in, or "". */
  readonly group: string;
  readonly conditions: readonly VisibilityCondition[];
  readonly isOptional: boolean;
}

export type QuestionIndex = ReadonlyMap<string, QuestionEntry>;

/** The questions of the form by shape path. Information between questions has no answer and is included for its visibility. */
export function indexForm(programme: Programme): QuestionIndex {
  const index = new Map<string, QuestionEntry>();
  for (const page of programme.form.pages) {
    const conditions = page.visible === undefined ? [] : [{ id: `page:${page.id}`, expression: page.visible, group: '' }];
    addQuestions(index, page.questions, { group: '', conditions });
  }
  return index;
}

/** The findings of each `assess` step by step id. */
export function indexFindings(programme: Programme): ReadonlyMap<string, QuestionIndex> {
  const steps = new Map<string, QuestionIndex>();
  for (const step of programme.flow.steps) {
    if (step.kind !== 'assess') continue;
    const index = new Map<string, QuestionEntry>();
    addQuestions(index, step.findings, { group: '', conditions: [] });
    steps.set(step.id, index);
  }
  return steps;
}

interface Place {
  readonly group: string;
  readonly conditions: readonly VisibilityCondition[];
}

function addQuestions(index: Map<string, QuestionEntry>, questions: readonly Question[], place: Place): void {
  for (const question of questions) {
    const shape = place.group === '' ? question.id : `${place.group}.${question.id}`;
    const own = question.visible === undefined ? [] : [{ id: shape, expression: question.visible, group: place.group }];
    const conditions = [...place.conditions, ...own];
    index.set(shape, { question, shape, group: place.group, conditions, isOptional: question.optional === true });
    if (question.items !== undefined) addQuestions(index, question.items, { group: shape, conditions });
  }
}

/** The question of a shape path, or of the longest part of it that is one (`address.postcode` → `address`). */
export function findQuestion(index: QuestionIndex, shape: string): QuestionEntry | undefined {
  for (let path = shape; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const entry = index.get(path);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
