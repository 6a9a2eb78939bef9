import type { Text } from '#definitions/types/programme.js';
import { TIME_ZONE } from '../calendar.js';

/** The engine's own sentences exist in these; other languages of a programme read the English ones. */
export const LANGUAGES = ['el', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

const LOCALES = { el: 'el-GR', en: 'en-GB' } as const;
const END_OF_DAY = /23:59(:59)?$/;

export function fill(text: Text, params: Readonly<Record<string, Text>>): Text {
  return { el: fillOne(text.el, { language: 'el', params }), en: fillOne(text.en, { language: 'en', params }) };
}

function fillOne(text: string, { language, params }: { readonly language: Language; readonly params: Readonly<Record<string, Text>> }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? (params[name]?.[language] ?? whole) : whole));
}

export function join(texts: readonly Text[], between: Text): Text {
  return { el: texts.map((text) => text.el).join(between.el), en: texts.map((text) => text.en).join(between.en) };
}

/** The day of a deadline; with its hour unless it is the end of the day. */
export function dayText(instant: string): Text {
  const one = (language: Language): string => {
    const moment = new Date(instant);
    const time = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment);
    const day = new Intl.DateTimeFormat(LOCALES[language], { timeZone: TIME_ZONE, day: 'numeric', month: 'long', year: 'numeric' }).format(moment);
    return END_OF_DAY.test(time) ? day : `${day}, ${time}`;
  };
  return { el: one('el'), en: one('en') };
}

export function moneyText(cents: number, currency = 'EUR'): Text {
  const one = (language: Language): string => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency }).format(cents / 100);
  return { el: one('el'), en: one('en') };
}
