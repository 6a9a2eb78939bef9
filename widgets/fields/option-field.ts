import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { FieldElement } from './field-element.js';

export interface Choosable {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Radios or checkboxes, one under the other, the whole line to press. */
export abstract class OptionField extends FieldElement {
  protected override get isGroup(): boolean {
    return true;
  }

  protected renderChoosable(options: readonly Choosable[], { type, chosen, choose }: { type: 'radio' | 'checkbox'; chosen: (value: string) => boolean; choose: (value: string, on: boolean) => void }): TemplateResult {
    return html`${options.map(
      ({ value, label, hint }, position) => html`<label class="option">
        <input
          type=${type}
          name="option"
          data-at=${position === 0 ? '' : nothing}
          .checked=${chosen(value)}
          @change=${(event: Event) => choose(value, (event.target as HTMLInputElement).checked)}
        />
        <span>${label}${hint === undefined ? nothing : html`<span class="hint">${hint}</span>`}</span>
      </label>`,
    )}`;
  }

  protected listOptions(): readonly Choosable[] {
    return (this.question.options ?? []).map(({ value, label, hint }) => ({ value, label: this.read(label), ...(hint === undefined ? {} : { hint: this.read(hint) }) }));
  }
}
