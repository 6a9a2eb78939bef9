import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

/** A social security number. */
export class AmkaField extends LineField {
  protected override get line(): Line {
    return { mode: 'numeric', width: 'short', plain: true };
  }
}

define('dk-amka-field', AmkaField);
