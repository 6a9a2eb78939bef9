import { canonicalise } from '#definitions/language/canonical.js';
import type { Allotment, StockContent } from '#definitions/types/programme.js';

/** Where the calendar, the stock and the indicators have lists of named things. */
export const PART_LISTS = {
  place: ['calendar', 'places'],
  resource: ['calendar', 'resources'],
  appointment: ['calendar', 'appointments'],
  walkIn: ['calendar', 'walkIns'],
  commodity: ['stock', 'commodities'],
  kit: ['stock', 'kits'],
  allotment: ['stock', 'allotments'],
  round: ['stock', 'rounds'],
  figure: ['indicators', 'figures'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PartChangeClass = 'calendarChanged' | 'stockChanged' | 'indicatorChanged' | 'otherChanged' | 'loosened';

/**
 * Where and when people are received is as it is, for everybody. What somebody may book or takes home was promised to
 * them: it changes for those who have filed only when it grows. A figure that is counted otherwise changes nobody's case.
 */
export function classOfPart(noun: string, [before, after]: readonly [object, object]): PartChangeClass | undefined {
  if (noun === 'place' || noun === 'resource' || noun === 'walkIn') return 'calendarChanged';
  if (noun === 'appointment') return 'otherChanged';
  if (noun === 'figure') return 'indicatorChanged';
  if (noun === 'allotment') return grows(before as Allotment, after as Allotment) ? 'loosened' : 'stockChanged';
  return noun === 'commodity' || noun === 'kit' || noun === 'round' ? 'stockChanged' : undefined;
}

/** Nothing but amounts differs, and each is at least what it was; or there is more beside what was. */
function grows(before: Allotment, after: Allotment): boolean {
  const [old, now] = [amountsOf(before), amountsOf(after)];
  if (canonicalise(withoutAmounts(before)) !== canonicalise(withoutAmounts(after))) return false;
  return [...old].every(([place, amount]) => {
    const later = now.get(place);
    return canonicalise(later ?? null) === canonicalise(amount) || (typeof amount === 'number' && typeof later === 'number' && later >= amount);
  });
}

/** Every amount by where it stands: band or extra, and item. */
function amountsOf({ bands = [], extras = [], budget }: Allotment): ReadonlyMap<string, unknown> {
  const amounts = new Map<string, unknown>(budget === undefined ? [] : [['budget', budget.amount]]);
  const add = (place: string, contents: readonly StockContent[]): void => contents.forEach(({ item, amount }) => amounts.set(`${place} ${item}`, amount));
  bands.forEach(({ contents }, row) => add(`band ${row}`, contents));
  extras.forEach(({ id, contents }) => add(`extra ${id}`, contents));
  return amounts;
}

function withoutAmounts({ bands = [], extras = [], budget, ...rest }: Allotment): object {
  const bare = <Row extends { readonly contents: readonly StockContent[] }>(row: Row): object => ({ ...row, contents: [] });
  return { ...rest, bands: bands.map(bare), extras: extras.map(bare), budget: budget === undefined ? null : { ...budget, amount: 0 } };
}
