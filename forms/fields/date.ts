import { parseDate } from '#definitions/language/dates.js';
import { fieldType, printable } from './field-type.js';
import { tellDate } from '#forms/findings/tell.js';
import { isObject, isString } from './shapes.js';
import { settle, tidyLine, westernDigits } from './typed-text.js';

/** What the three boxes hold. */
export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** A day, kept as `yyyy-mm-dd`; typed in three boxes, or in one as `21/11/2026`. */
export const date = fieldType({
  shape: (value): value is string | TypedDate => isString(value) || isTypedDate(value),
  normalise: (raw) => {
    if (isTypedDate(raw)) {
      const boxes = boxesOf(raw);
      return boxes.join('') === '' ? undefined : (readDay(boxes.join('/')) ?? raw);
    }
    const line = tidyLine(raw, (typed) => westernDigits(typed).trim());
    return isString(line) ? (readDay(line) ?? line) : line;
  },
  validate: (value, { dateMin = '1850-01-01', dateMax = '2200-12-31' }) => {
    if (!isString(value)) return boxesOf(value).includes('') ? 'date.incomplete' : 'date.notReal';
    if (parseDate(value) === null) return 'date.notReal';
    if (value < dateMin) return [{ code: 'date.tooEarly', params: { min: { date: dateMin } } }];
    return value > dateMax ? [{ code: 'date.tooLate', params: { max: { date: dateMax } } }] : [];
  },
  summarise: (value, { texts }) => (isString(value) && parseDate(value) !== null ? tellDate(value, texts.language) : printable(value)),
});

function isTypedDate(value: unknown): value is TypedDate {
  return isObject(value) && Object.keys(value).sort().join() === 'day,month,year' && Object.values(value).every(isString);
}

/** Day, month and year, tidied. */
function boxesOf({ day, month, year }: TypedDate): readonly string[] {
  return [day, month, year].map((box) => settle(box, (typed) => westernDigits(typed).replace(/\s/g, '')));
}

/** The day that stands on a line, when there is such a day. */
function readDay(line: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4})$/.exec(line) ?? [];
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseDate(found) === null ? undefined : found;
}
