import type { Allotment, AllotmentBand, Stock, StockContent } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { nameDrafts } from './parts.js';

interface Given {
  readonly contentDrafts: (contents: readonly StockContent[] | undefined, pointer: string) => readonly Draft[];
  readonly damaged: ReadonlySet<string>;
}

/** Matrices without holes, budgets that can be spent, and a rule for the day on which it does not suffice. */
export function findUnsoundAllotments(stock: Stock, given: Given): readonly Draft[] {
  return (stock.allotments ?? []).flatMap((allotment, position) => {
    const pointer = `/stock/allotments/${position}`;
    return [
      ...wholeDrafts(allotment, pointer),
      ...bandDrafts(allotment.bands ?? [], below(pointer, 'bands')),
      ...(allotment.bands ?? []).flatMap((band, row) => given.contentDrafts(band.contents, below(pointer, 'bands', row, 'contents'))),
      ...(allotment.extras ?? []).flatMap((extra, row) => given.contentDrafts(extra.contents, below(pointer, 'extras', row, 'contents'))),
      ...budgetDrafts(allotment, { pointer: below(pointer, 'budget'), stock, damaged: given.damaged }),
      ...shortageDrafts(allotment, { pointer: below(pointer, 'shortage'), stock }),
    ];
  });
}

function wholeDrafts({ id, by, bands, extras, budget }: Allotment, pointer: string): readonly Draft[] {
  if (bands !== undefined && by === undefined) return [{ code: 'partIncomplete', pointer, params: { name: id, needed: 'by' } }];
  const isEmpty = bands === undefined && extras === undefined && budget === undefined;
  return isEmpty || (by !== undefined && bands === undefined) ? [{ code: 'partIncomplete', pointer, params: { name: id, needed: 'bands' } }] : [];
}

/** Households begin at one member, figures are whole: the next band begins at the previous end plus one. */
function bandDrafts(bands: readonly AllotmentBand[], pointer: string): readonly Draft[] {
  const drafts: Draft[] = [];
  let end = 0;
  bands.forEach(({ from = end + 1, upTo = Infinity }, row) => {
    const place = below(pointer, row);
    if (end === Infinity || upTo < from || upTo <= end) drafts.push({ code: 'bandUnreachable', pointer: place, params: { row: row + 1 } });
    else if (row > 0 && from <= end) drafts.push({ code: 'bandOverlap', pointer: place, params: { from, upTo: end } });
    else if (from > end + 1) drafts.push({ code: 'bandGap', pointer: place, params: { from: end + 1, upTo: from - 1 } });
    end = Math.max(end, upTo);
  });
  if (bands.length > 0 && end !== Infinity) drafts.push({ code: 'bandsEndOpen', pointer: below(pointer, bands.length - 1), params: { upTo: end } });
  return drafts;
}

function budgetDrafts({ budget }: Allotment, { pointer, stock, damaged }: { readonly pointer: string; readonly stock: Stock; readonly damaged: ReadonlySet<string> }): readonly Draft[] {
  if (budget === undefined) return [];
  const commodity = stock.commodities.find(({ id }) => id === budget.commodity);
  if (commodity === undefined) return nameDrafts(budget.commodity, { noun: 'commodity', pointer: below(pointer, 'commodity'), list: [], damaged });
  if (commodity.kind === 'goods') return [{ code: 'budgetOfGoods', pointer: below(pointer, 'commodity'), params: { name: commodity.id } }];
  const price = commodity.kind === 'points' ? 'pricePoints' : 'priceCents';
  const drafts: Draft[] = stock.commodities.some((each) => each[price] !== undefined) ? [] : [{ code: 'budgetWithoutPrices', pointer, params: { name: commodity.id, needed: price } }];
  return typeof budget.amount === 'number' && budget.amount <= 0 ? [...drafts, { code: 'amountNothing', pointer: below(pointer, 'amount'), params: { name: commodity.id } }] : drafts;
}

function shortageDrafts({ shortage, bands = [], extras = [] }: Allotment, { pointer, stock }: { readonly pointer: string; readonly stock: Stock }): readonly Draft[] {
  const { rule, priority } = shortage;
  if (rule === 'priority' && priority === undefined) return [{ code: 'partIncomplete', pointer, params: { name: rule, needed: 'priority' } }];
  if (rule !== 'priority' && priority !== undefined) return [{ code: 'shortageStray', pointer: below(pointer, 'priority'), params: { rule } }];
  const kits = new Set((stock.kits ?? []).map(({ id }) => id));
  const kit = [...bands, ...extras].flatMap(({ contents }) => contents).find(({ item }) => kits.has(item));
  return rule === 'proRata' && kit !== undefined ? [{ code: 'shortageIndivisible', pointer: below(pointer, 'rule'), params: { name: kit.item } }] : [];
}
