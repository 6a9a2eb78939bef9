import { html } from '#widgets/elements/template.js';
import { summariseAnswers } from '#forms/answers/summarise.js';
import { todayInAthens } from '#widgets/client/today.js';
import type { Field, FieldView } from './field.js';

/** A value worked out from other answers. Nothing is shown while it is not known. */
export const computed: FieldView = (field) => {
  const told = tellValue(field);
  return told !== '' && html`<div class="field box" role="status"><span class="label">${field.form.read(field.question.label)}</span> ${told}</div>`;
};

function tellValue({ form: { application, formTexts }, question }: Field): string {
  if (application === undefined) return '';
  const pages = summariseAnswers(application.programme, application.answers, { texts: formTexts, today: todayInAthens() });
  return pages.flatMap(({ rows }) => rows).find((row) => row.question === question)?.value ?? '';
}
