import { html } from '#widgets/elements/template.js';
import type { FieldView } from './field.js';
import { labelled } from './field.js';
import { renderOnlyLine } from './line.js';

/** An amount in euros; a kept answer (cents) is shown as it would be typed. */
export const money: FieldView = (field) => {
  const value = field.answer();
  const typed = typeof value === 'number' ? (value / 100).toFixed(2).replace('.', ',').replace(/,00$/, '') : value;
  return labelled(field, html`<div class="row">${renderOnlyLine({ ...field, answer: () => typed }, { mode: 'decimal', width: 'short' })}<span aria-hidden="true">€</span></div>`);
};
