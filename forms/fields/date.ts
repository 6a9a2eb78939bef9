import { parseDate } from '#definitions/language/dates.js';
import type { FieldContext, FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { tellDate } from '#forms/findings/tell.js';
import { printable, settle, westernDigits } from './typed-text.js';

/** What the three boxes hold. */
export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const YEAR_MIN = '1850-01-01';
const YEAR_MAX = '2200-12-31';

/** A day, kept as `yyyy-mm-dd`; typed in three boxes, or in one as `21/11/2026`. */
export const date: FieldType = {
  type: 'date',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => ({ day: '', month: '', year: '' }),
  normalise: (raw) => {
    if (raw === null || raw === undefined) return undefined;
    if (typeof raw === 'string') return normaliseLine(raw);
    const typed = readTypedDate(raw);
    if (typed === null) return raw;
    if (typed.day === '' && typed.month === '' && typed.year === '') return undefined;
    return toDate(typed) ?? typed;
  },
  validate: (value, context) => {
    if (typeof value === 'string') return parseDate(value) === null ? [{ code: 'date.notReal' }] : withinLimits(value, context);
    const typed = readTypedDate(value);
    if (typed === null) return [{ code: 'answer.type' }];
    return [{ code: typed.day === '' || typed.month === '' || typed.year === '' ? 'date.incomplete' : 'date.notReal' }];
  },
  summarise: (value, { texts }) => (typeof value === 'string' && parseDate(value) !== null ? tellDate(value, texts.language) : printable(value)),
};

function normaliseLine(raw: string): unknown {
  const line = settle(raw, (typed) => westernDigits(typed).trim());
  if (line === '') return undefined;
  const match = /^(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4})$/.exec(line);
  if (match === null) return line;
  const [, day = '', month = '', year = ''] = match;
  return toDate({ day, month, year }) ?? line;
}

/** The three boxes of any JSON value, tidied; null when it is no such thing. */
function readTypedDate(raw: unknown): TypedDate | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const { day, month, year, ...others } = raw as Record<string, unknown>;
  if (Object.keys(others).length > 0 || [day, month, year].some((box) => typeof box !== 'string')) return null;
  const tidy = (box: unknown): string => settle(String(box), (typed) => westernDigits(typed).replace(/\s/g, ''));
  return { day: tidy(day), month: tidy(month), year: tidy(year) };
}

function toDate({ day, month, year }: TypedDate): string | null {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseDate(text) === null ? null : text;
}

function withinLimits(value: string, { dateMin = YEAR_MIN, dateMax = YEAR_MAX }: FieldContext): readonly FieldFinding[] {
  if (value < dateMin) return [{ code: 'date.tooEarly', params: { min: { date: dateMin } } }];
  if (value > dateMax) return [{ code: 'date.tooLate', params: { max: { date: dateMax } } }];
  return [];
}
