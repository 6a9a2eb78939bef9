import { html } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Field, Form } from './field.js';
import { grouped } from './field.js';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export function listOptions({ form, question }: Field): readonly Option[] {
  return (question.options ?? []).map(({ value, label, hint }) => ({ value, label: form.read(label), hint: form.read(hint) }));
}

/** Radios or checkboxes, one under the other, the whole line to press. */
export function renderOptions(field: Field, options: readonly Option[], { type, isChosen, choose }: { readonly type: 'radio' | 'checkbox'; isChosen(value: string): boolean; choose(value: string, on: boolean): void }): TemplateResult {
  const { pointer } = field;
  return grouped(
    field,
    options.map(
      ({ value, label, hint }, position) => html`<label class="option">
        <input
          type=${type}
          id=${position === 0 && pointer}
          name=${pointer}
          .checked=${isChosen(value)}
          @change=${(event: Event) => choose(value, (event.target as HTMLInputElement).checked)}
        />
        <span>${label}<span class="line hint">${hint}</span></span>
      </label>`,
    ),
  );
}

interface Select {
  readonly id: string;
  readonly options: readonly Option[];
  readonly value: unknown;
  readonly wrong: boolean;
  readonly described?: string;
  change(value: string): void;
}

/** A native list. */
export function renderSelect(form: Form, { id, options, value: chosen, wrong, described, change }: Select): TemplateResult {
  return html`<select id=${id} class="typed" aria-describedby=${described} aria-invalid=${wrong} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
    ${[{ value: '', label: form.say('select') }, ...options].map(({ value, label }) => html`<option value=${value} .selected=${value === (chosen ?? '')}>${label}</option>`)}
  </select>`;
}
