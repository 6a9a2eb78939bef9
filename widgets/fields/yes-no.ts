import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import { OptionField } from './option-field.js';

/** Yes or no. */
export class YesNoField extends OptionField {
  protected override renderControl(): TemplateResult {
    const { words } = this.surroundings.texts.form;
    return this.renderChoosable(
      [
        { value: 'yes', label: words.yes },
        { value: 'no', label: words.no },
      ],
      { type: 'radio', chosen: (value) => this.value === (value === 'yes'), choose: (value) => this.change(value === 'yes') },
    );
  }
}

define('dk-yes-no-field', YesNoField);
