import type { SummaryContext } from './field-type.js';
import { fieldType } from './field-type.js';
import { isBoolean } from './shapes.js';

/** Yes or no. */
export const yesNo = fieldType({
  missing: 'yesNo.missing',
  shape: isBoolean,
  normalise: (raw) => (raw === 'yes' ? true : raw === 'no' ? false : raw),
  summarise: tellYesNo,
});

export function tellYesNo(value: boolean, { texts }: SummaryContext): string {
  return texts.words[value ? 'yes' : 'no'];
}
