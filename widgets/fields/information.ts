import { html, toldLines } from '#widgets/elements/template.js';
import type { FieldView } from './field.js';

/** A text between questions. */
export const information: FieldView = ({ form, question }) =>
  html`<div class="field box">${toldLines(form.read(question.label))}<p class="hint">${form.read(question.hint)}</p></div>`;
