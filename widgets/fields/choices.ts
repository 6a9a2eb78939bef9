import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import { OptionField } from './option-field.js';

/** Any of a list. */
export class ChoicesField extends OptionField {
  protected override renderControl(): TemplateResult {
    const chosen = Array.isArray(this.value) ? (this.value as readonly unknown[]) : [];
    const order = this.listOptions();
    return this.renderChoosable(order, {
      type: 'checkbox',
      chosen: (value) => chosen.includes(value),
      choose: (value, on) => this.change(order.map((option) => option.value).filter((one) => (one === value ? on : chosen.includes(one)))),
    });
  }
}

define('dk-choices-field', ChoicesField);
