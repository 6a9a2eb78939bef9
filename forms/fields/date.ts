import { parseDate } from '#definitions/language/dates.js';
import { fieldType, printable } from './field-type.js';
import { tellDate } from '#forms/findings/tell.js';
import { isObject, isString } from './shapes.js';
import { westernDigits } from './typed-text.js';

/** What the three boxes hold. */
export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** A day, kept as `yyyy-mm-dd`; typed in three boxes, or in one as `21/11/2026`. */
export const date = fieldType({
  shape: isTyped,
  tidy: (line) => westernDigits(line).trim(),
  normalise: (typed) => {
    if (!isTyped(typed)) return typed;
    const line = isString(typed) ? typed : westernDigits(`${typed.day}/${typed.month}/${typed.year}`).replace(/\s/g, '');
    return line === '//' ? undefined : (readDay(line) ?? typed);
  },
  validate: (value, { dateMin = '1850-01-01', dateMax = '2200-12-31' }) => {
    if (!isString(value)) return Object.values(value).every((box) => /\S/.test(box)) ? 'date.notReal' : 'date.incomplete';
    if (parseDate(value) === null) return 'date.notReal';
    if (value < dateMin) return [{ code: 'date.tooEarly', params: { min: { date: dateMin } } }];
    return value > dateMax ? [{ code: 'date.tooLate', params: { max: { date: dateMax } } }] : [];
  },
  summarise: (value, { texts }) => (isString(value) && parseDate(value) !== null ? tellDate(value, texts.language) : printable(value)),
});

function isTyped(value: unknown): value is string | TypedDate {
  return isString(value) || (isObject(value) && Object.keys(value).sort().join() === 'day,month,year' && Object.values(value).every(isString));
}

/** The day that stands on a line, when there is such a day. */
function readDay(line: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4})$/.exec(line) ?? [];
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseDate(found) === null ? undefined : found;
}
