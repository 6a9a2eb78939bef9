import { html } from '#widgets/elements/template.js';
import type { FieldView } from './field.js';
import { classOf, renderUnder } from './field.js';

/** A statement with a box to tick; the statement is the label. */
export const declaration: FieldView = (field) => {
  const { form, question, pointer, described, wrong, answer, change } = field;
  return html`<div class=${classOf(field)}>
    ${renderUnder(field)}
    <label class="option box">
      <input
        type="checkbox"
        id=${pointer}
        aria-describedby=${described}
        aria-invalid=${wrong}
        .checked=${answer() === true}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      <span>${form.read(question.label)}</span>
    </label>
  </div>`;
};
