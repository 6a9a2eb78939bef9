import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** A whole number. Not `type="number"`: it scrolls away, and hides what it cannot read. */
export class NumberField extends LineField {
  protected override get line(): Line {
    return { mode: 'numeric', width: 'short', plain: true };
  }
}

define('dk-number-field', NumberField);
