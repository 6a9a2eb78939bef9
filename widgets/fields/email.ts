import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** An e-mail address. */
export class EmailField extends LineField {
  protected override get line(): Line {
    return { type: 'email', mode: 'email', autocomplete: 'email', plain: true };
  }
}

define('dk-email-field', EmailField);
