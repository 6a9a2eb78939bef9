import type { Expression } from '#definitions/types/programme.js';
import { parseDate } from '../dates.js';
import { formatDate } from '../day-numbers.js';
import { writeMoney, writeValue } from '../wording.js';
import { fitPattern } from './phrases.js';
import type { Speaker } from './speaker.js';

/** The amount, number, date or text that is written here as the printer writes it. */
export function readLiteral(text: string, speaker: Speaker): readonly Expression[] {
  const date = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  if (date !== null) return readDate(date);
  const words = fitPattern(speaker.words['text'] ?? '', text).flatMap(({ 1: quoted = '' }) => readText(quoted, speaker) ?? []);
  return words.length > 0 ? words : readNumber(text, speaker);
}

/** What stands in quotes. */
export function readText(quoted: string, { words }: Pick<Speaker, 'words'>): string | undefined {
  const [open = '', close = ''] = (words['quoted'] ?? '').split('{1}');
  return quoted.startsWith(open) && quoted.endsWith(close) && quoted.length >= open.length + close.length ? quoted.slice(open.length, quoted.length - close.length) : undefined;
}

function readDate([, day = '', month = '', year = '']: readonly string[]): readonly Expression[] {
  const date = parseDate(`${year}-${month}-${day}`);
  return date === null ? [] : [{ date: formatDate(date) }];
}

/** A number is what writes itself so: as cents, or as it is. */
function readNumber(text: string, { language, programme }: Speaker): readonly Expression[] {
  const digits = text.replaceAll(/[^0-9]/g, '');
  if (digits === '' || digits.length > 16) return [];
  const size = Number(digits);
  const currency = programme.currency ?? 'EUR';
  return [size, -size].filter((number) => writeMoney(number, { language, currency }) === text || writeValue(number, { kind: 'number', language }) === text);
}
