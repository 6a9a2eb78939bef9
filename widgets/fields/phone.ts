import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** A telephone number. */
export class PhoneField extends LineField {
  protected override get line(): Line {
    return { type: 'tel', mode: 'tel', autocomplete: 'tel', width: 'short', plain: true };
  }
}

define('dk-phone-field', PhoneField);
