import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import { OptionField } from './option-field.js';

const RADIOS_MAX = 8;

/** One of a list: radios while they can be seen at once, a native list beyond. */
export class ChoiceField extends OptionField {
  protected override get isGroup(): boolean {
    return (this.question.options ?? []).length <= RADIOS_MAX;
  }

  protected override renderControl(): TemplateResult {
    const options = this.listOptions();
    if (this.isGroup) return this.renderChoosable(options, { type: 'radio', chosen: (value) => this.value === value, choose: (value) => this.change(value) });
    return html`<select
      id="control"
      data-at=""
      aria-describedby=${this.describedBy || nothing}
      aria-invalid=${this.errorAt('') ? 'true' : nothing}
      @change=${(event: Event) => this.change((event.target as HTMLSelectElement).value)}
    >
      <option value="">${this.say('select')}</option>
      ${options.map(({ value, label }) => html`<option value=${value} ?selected=${this.value === value}>${label}</option>`)}
    </select>`;
  }
}

define('dk-choice-field', ChoiceField);
