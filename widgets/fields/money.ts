import { html } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** An amount in euros; a kept answer (cents) is shown as it would be typed. */
export class MoneyField extends LineField {
  protected override get line(): Line {
    return { mode: 'decimal', width: 'short', plain: true };
  }

  protected override renderControl(): TemplateResult {
    return html`<div class="row middle">${super.renderControl()}<span aria-hidden="true">€</span></div>`;
  }

  protected override get typed(): string {
    return typeof this.value === 'number' ? (this.value / 100).toFixed(2).replace('.', ',').replace(/,00$/, '') : super.typed;
  }
}

define('dk-money-field', MoneyField);
