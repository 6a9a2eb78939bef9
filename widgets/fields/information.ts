import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { define, toldLines } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

/** A text between questions. */
export class InformationField extends FieldElement {
  override render(): unknown {
    return this.question === undefined || this.surroundings === undefined ? nothing : this.renderControl();
  }

  protected override renderControl(): TemplateResult {
    return html`<div class="box">
      ${toldLines(this.read(this.question.label))}${this.question.hint === undefined ? nothing : html`<p class="hint">${this.read(this.question.hint)}</p>`}
    </div>`;
  }
}

define('dk-information-field', InformationField);
