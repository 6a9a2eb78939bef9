import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** A Personal Number. */
export class PersonalNumberField extends LineField {
  protected override get line(): Line {
    return { width: 'short', plain: true };
  }
}

define('dk-personal-number-field', PersonalNumberField);
