import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckOptions } from '#definitions/check/check.js';
import type { NationalDays } from '#engine/decide/calendar.js';
import { addDays, orthodoxEaster } from '#engine/decide/calendar.js';
import { packageRoot } from '#engine/settings/package-root.js';

/** A fixed date of a definition outside these years is not compared with the holidays. */
const YEAR_FIRST = 2000;
const YEAR_LAST = 2060;

let read: Promise<CheckOptions> | undefined;

/** What a check knows of the country: names that a text must not spell out, and the national days off. Read once. */
export function checkOptions(): Promise<CheckOptions> {
  read ??= readOptions();
  return read;
}

async function readOptions(): Promise<CheckOptions> {
  const [municipalities, days] = await Promise.all([readReference('municipalities.json'), readReference('holidays.json')]);
  const { municipalities: list } = municipalities as { readonly municipalities: readonly { readonly code: string; readonly name: { readonly el: string; readonly en: string } }[] };
  return { municipalities: list.map(({ code, name }) => ({ code, names: [name.el, name.en] })), holidays: nationalHolidays(days as NationalDays) };
}

/** The dates, yyyy-mm-dd, of every national day off from 2000 to 2060. */
export function nationalHolidays({ fixed, easter }: NationalDays): readonly string[] {
  const two = (number: number): string => String(number).padStart(2, '0');
  const years = Array.from({ length: YEAR_LAST - YEAR_FIRST + 1 }, (_, position) => YEAR_FIRST + position);
  return years.flatMap((year) => {
    const sunday = orthodoxEaster(year);
    return [...fixed.map(({ month, day }) => `${year}-${two(month)}-${two(day)}`), ...easter.map(({ offsetDays }) => addDays(sunday, offsetDays))];
  });
}

async function readReference(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(packageRoot(), 'definitions/reference', name), 'utf8')) as unknown;
}
