/** The day in Athens as `yyyy-mm-dd`: deadlines are Greek, wherever the reader is. The engine judges by its own clock. */
export function todayInAthens(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Athens' }).format(new Date());
}
