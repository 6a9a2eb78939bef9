import type { TemplateResult } from '#widgets/elements/template.js';
import type { Question } from '#definitions/types/programme.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import type { Form } from './field.js';
import { pointerTo, renderField } from './field.js';

/** A form that asks whole questions: what is wrong with them, and where an answer goes. */
export interface Asking extends Form {
  readonly errors: Messages;
  set(id: string, value: unknown): void;
}

/** A question of a page. `holder` has what is typed, now and after each edit. */
export function renderQuestion(question: Question, form: Asking, holder: { readonly typed: Readonly<Record<string, unknown>> }): TemplateResult {
  const { id } = question;
  return renderField({
    form,
    question,
    pointer: pointerTo('', id),
    errors: form.errors,
    states: form.fieldStates,
    answer: () => holder.typed[id],
    change: (value) => form.set(id, value),
  });
}
