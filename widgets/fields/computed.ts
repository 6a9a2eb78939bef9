import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

/** A value worked out from other answers: `value` is its text. Nothing is shown while it is not known. */
export class ComputedField extends FieldElement {
  override render(): unknown {
    return this.question === undefined || this.surroundings === undefined || typeof this.value !== 'string' || this.value === '' ? nothing : this.renderControl();
  }

  protected override renderControl(): TemplateResult {
    return html`<div class="box" role="status"><span class="label">${this.read(this.question.label)}</span> ${String(this.value)}</div>`;
  }
}

define('dk-computed-field', ComputedField);
