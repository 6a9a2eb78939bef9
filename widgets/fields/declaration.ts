import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

/** A statement with a box to tick; the statement is the label. */
export class DeclarationField extends FieldElement {
  override render(): unknown {
    if (this.question === undefined || this.surroundings === undefined) return nothing;
    return html`<div class=${this.describedBy.includes('error') ? 'field wrong' : 'field'}>${this.renderUnder()}${this.renderControl()}</div>`;
  }

  protected override renderControl(): TemplateResult {
    return html`<label class="option box">
      <input
        type="checkbox"
        data-at=""
        aria-describedby=${this.describedBy || nothing}
        aria-invalid=${this.describedBy.includes('error') ? 'true' : nothing}
        .checked=${this.value === true}
        @change=${(event: Event) => this.change((event.target as HTMLInputElement).checked)}
      />
      <span>${this.read(this.question.label)}</span>
    </label>`;
  }
}

define('dk-declaration-field', DeclarationField);
