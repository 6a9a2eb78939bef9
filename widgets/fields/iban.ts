import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** A bank account. */
export class IbanField extends LineField {
  protected override get line(): Line {
    return { plain: true };
  }
}

define('dk-iban-field', IbanField);
