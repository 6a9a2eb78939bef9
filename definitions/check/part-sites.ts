import type { Allotment, Indicator, Programme, StockContent } from '#definitions/types/programme.js';
import { below } from './finding.js';
import { site } from './site.js';
import type { Site } from './site.js';
import { ANY, BOOLEAN, MONEY, NUMBER } from './type.js';
import type { Type } from './type.js';

/** Every expression of the calendar, the stock and the indicators, in the order of the document. */
export function listPartSites(programme: Programme): readonly Site[] {
  return [...calendarSites(programme), ...stockSites(programme), ...(programme.indicators?.figures ?? []).flatMap((figure, position) => figureSites(figure, `/indicators/figures/${position}`))];
}

function calendarSites({ calendar }: Programme): readonly Site[] {
  return [
    ...(calendar?.appointments ?? []).flatMap(({ when, needs }, position) => [
      site(when, `/calendar/appointments/${position}/when`, BOOLEAN),
      ...needs.map((need, at) => site(need.when, `/calendar/appointments/${position}/needs/${at}/when`, BOOLEAN)),
    ]),
    ...(calendar?.walkIns ?? []).map(({ when }, position) => site(when, `/calendar/walkIns/${position}/when`, BOOLEAN)),
  ];
}

function stockSites({ stock }: Programme): readonly Site[] {
  if (stock === undefined) return [];
  const money = new Set(stock.commodities.filter(({ kind }) => kind === 'money').map(({ id }) => id));
  const amountOf = (item: string): Type => (money.has(item) ? MONEY : NUMBER);
  const contents = (list: readonly StockContent[] | undefined, pointer: string): readonly Site[] => (list ?? []).map(({ item, amount }, position) => site(amount, below(pointer, position, 'amount'), amountOf(item)));
  return [
    ...stock.commodities.map(({ issuedWhen }, position) => site(issuedWhen, `/stock/commodities/${position}/issuedWhen`, BOOLEAN)),
    ...(stock.kits ?? []).flatMap((kit, position) => contents(kit.contents, `/stock/kits/${position}/contents`)),
    ...(stock.allotments ?? []).flatMap((allotment, position) => allotmentSites(allotment, { pointer: `/stock/allotments/${position}`, contents, amountOf })),
    ...(stock.rounds ?? []).map(({ when }, position) => site(when, `/stock/rounds/${position}/when`, BOOLEAN)),
  ];
}

interface InStock {
  readonly pointer: string;
  readonly contents: (list: readonly StockContent[] | undefined, pointer: string) => readonly Site[];
  readonly amountOf: (item: string) => Type;
}

function allotmentSites({ when, by, bands, extras, budget, shortage }: Allotment, { pointer, contents, amountOf }: InStock): readonly Site[] {
  return [
    site(when, below(pointer, 'when'), BOOLEAN),
    site(by, below(pointer, 'by'), NUMBER),
    ...(bands ?? []).flatMap((band, position) => contents(band.contents, below(pointer, 'bands', position, 'contents'))),
    ...(extras ?? []).flatMap((extra, position) => [site(extra.when, below(pointer, 'extras', position, 'when'), BOOLEAN), ...contents(extra.contents, below(pointer, 'extras', position, 'contents'))]),
    site(budget?.amount, below(pointer, 'budget', 'amount'), amountOf(budget?.commodity ?? '')),
    ...(shortage.priority ?? []).map(({ value }, position) => site(value, below(pointer, 'shortage', 'priority', position, 'value'), ANY)),
  ];
}

/** Of people, each element of the group is `item`. */
function figureSites({ group = '', where, breakdowns }: Indicator, pointer: string): readonly Site[] {
  const inGroup = (expression: unknown, place: string, wanted: Type): Site => ({ ...site(expression, place, wanted), group });
  return [inGroup(where, below(pointer, 'where'), BOOLEAN), ...(breakdowns ?? []).map(({ value }, position) => inGroup(value, below(pointer, 'breakdowns', position, 'value'), ANY))];
}
