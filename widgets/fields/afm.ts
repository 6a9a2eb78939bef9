import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** A tax number. */
export class AfmField extends LineField {
  protected override get line(): Line {
    return { mode: 'numeric', width: 'short', plain: true };
  }
}

define('dk-afm-field', AfmField);
