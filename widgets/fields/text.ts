import { define } from '#widgets/elements/base-element.js';
import type { Line } from './line-field.js';
import { LineField } from './line-field.js';

const AUTOCOMPLETE: Readonly<Record<string, string>> = { applicantGivenName: 'given-name', applicantFamilyName: 'family-name' };

/** A line of text; the browser may fill in the applicant's own name. */
export class TextField extends LineField {
  protected override get line(): Line {
    const autocomplete = AUTOCOMPLETE[this.question.role ?? ''];
    return autocomplete === undefined ? {} : { autocomplete };
  }
}

define('dk-text-field', TextField);
