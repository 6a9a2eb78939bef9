import type { FieldType, OwnParts } from './field-type.js';
import { fieldType } from './field-type.js';
import type { Question } from '#definitions/types/programme.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { isString } from './shapes.js';
import { singleLine } from './typed-text.js';

export const TEXT_LENGTH_MAX = 200;

export interface TextParts extends Pick<OwnParts<string>, 'missing' | 'tidy'> {
  lengthMax(question: Question): number;
  /** Characters that have no place in it: of control, and halves of characters. */
  readonly controls?: RegExp;
}

/** A type for words, one line unless said otherwise. */
export function textType({ lengthMax, tidy = singleLine, controls = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u, ...own }: TextParts): FieldType {
  return fieldType({
    ...own,
    tidy,
    shape: isString,
    validate: (text, { question }) => {
      const findings: FieldFinding[] = [];
      if (controls.test(text)) findings.push({ code: 'text.characters' });
      const max = lengthMax(question);
      // There are never more characters than units: most texts need not be counted.
      const length = text.length > max ? [...text].length : 0;
      if (length > max) findings.push({ code: 'text.tooLong', params: { max, over: length - max } });
      return findings;
    },
  });
}

/** A line of text. */
export const text = textType({ lengthMax: (question) => question.lengthMax ?? TEXT_LENGTH_MAX });
