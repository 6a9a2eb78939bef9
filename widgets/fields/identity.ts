import { html } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Identity } from '#forms/fields/identity.js';
import { IDENTITIES_MAX, IDENTITY_KINDS } from '#forms/fields/identity.js';
import type { Field, FieldView } from './field.js';
import { grouped, messagesUnder } from './field.js';
import { renderPart, renderUnderLabel } from './line.js';
import { renderSelect } from './options.js';

type Typed = Partial<Identity>;

/** The papers by which somebody is known, one row each; "none yet" is one of the kinds. */
export const identity: FieldView = (field) => {
  const { form, change } = field;
  const rows = rowsOf(field);
  const mayAdd = rows.length < IDENTITIES_MAX && rows.every(({ kind }) => kind !== undefined && kind !== 'none');
  return grouped(
    field,
    html`${rows.map((row, position) => renderRow(field, row, position))}
    ${mayAdd && html`<button type="button" class="link" @click=${() => change([...rows, {}])}>${form.say('identityAdd')}</button>`}`,
  );
};

function renderRow(field: Field, { kind, value }: Typed, position: number): TemplateResult {
  const { form, pointer, errors, change } = field;
  const { words } = form.formTexts;
  const id = `${pointer}/${position}`;
  const wrong = pointer in errors || Object.keys(messagesUnder(errors, id)).length > 0;
  const set = (edit: Typed): void => change(rowsOf(field).map((row, place) => (place === position ? { ...row, ...edit } : row)));
  return html`${renderUnderLabel(
    `${id}/kind`,
    form.say('identityKind'),
    renderSelect(form, { id: `${id}/kind`, wrong, options: IDENTITY_KINDS.map((one) => ({ value: one, label: words[one] })), value: kind, change: (chosen) => set({ kind: chosen as Identity['kind'] }) }),
  )}
  ${kind !== undefined && kind !== 'none' && renderPart(form.say('identityValue'), { id: `${id}/value`, wrong, width: 'short', value, change: (text) => set({ value: text }) })}`;
}

function rowsOf({ answer }: Field): readonly Typed[] {
  const value = answer();
  return Array.isArray(value) && value.length > 0 ? (value as readonly Typed[]) : [{}];
}
