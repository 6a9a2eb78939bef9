import type { DeskLanguage } from './desk-language.js';

const ZONE = 'Europe/Athens';
const LOCALES: Readonly<Record<DeskLanguage, string>> = { el: 'el-GR', en: 'en-GB' };
const DAY_MS = 86_400_000;

/** «21 Νοεμβρίου 2026» */
export function formatDate(language: DeskLanguage, instant: string): string {
  return formatted(language, instant, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** «21 Νοε 2026», for lists. */
export function formatShortDate(language: DeskLanguage, instant: string): string {
  return formatted(language, instant, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** «21 Νοε 2026, 14:05» in Athens' time, wherever the reader's clock is set. */
export function formatInstant(language: DeskLanguage, instant: string): string {
  return formatted(language, instant, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function formatted(language: DeskLanguage, instant: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  // A date without a time is that day everywhere; an instant is told in Athens' time.
  const timeZone = /^\d{4}-\d{2}-\d{2}$/.test(instant) ? 'UTC' : ZONE;
  return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone }).format(date);
}

/** Integer cents → «1.234,50 €». */
export function formatCents(language: DeskLanguage, cents: number): string {
  return new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' }).format(cents / 100);
}

export function formatNumber(language: DeskLanguage, value: number): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

export function formatBytes(language: DeskLanguage, bytes: number): string {
  const kibibytes = bytes / 1024;
  const [value, unit] = kibibytes < 1024 ? [Math.max(1, Math.round(kibibytes)), 'KB'] : [Math.round(kibibytes / 102.4) / 10, 'MB'];
  return `${formatNumber(language, value)} ${unit}`;
}

/** The calendar day of an instant in Athens, yyyy-mm-dd. */
export function athensDay(instant: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(instant);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

export type DueClass = 'overdue' | 'today' | 'soon' | 'later' | 'none';

export interface DueReading {
  readonly kind: DueClass;
  /** Calendar days between today and the due day in Athens; negative when past. */
  readonly days: number;
}

/** How near an instant is, counted in calendar days of Athens; within the week is soon. */
export function readDue(dueAt: string | undefined, now: Date): DueReading {
  if (dueAt === undefined) return { kind: 'none', days: 0 };
  const due = new Date(dueAt);
  const days = Math.round((Date.parse(athensDay(due)) - Date.parse(athensDay(now))) / DAY_MS);
  if (due.getTime() < now.getTime()) return { kind: 'overdue', days };
  if (days === 0) return { kind: 'today', days };
  return { kind: days <= 7 ? 'soon' : 'later', days };
}
