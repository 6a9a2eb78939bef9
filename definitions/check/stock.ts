import { parseDate } from '#definitions/language/dates.js';
import type { Commodity, Programme, Stock, StockContent, StockRound } from '#definitions/types/programme.js';
import { findUnsoundAllotments } from './allotments.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { keptDrafts, nameDrafts } from './parts.js';

/** Goods that are counted in their unit, kits that end, allotments without holes; and that no version keeps a stock yet. */
export function findUnsoundStock(programme: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  const { stock } = programme;
  if (stock === undefined) return [];
  const budgets = new Set((stock.allotments ?? []).map(({ budget }) => stock.commodities.find(({ id }) => id === budget?.commodity)?.kind));
  return [
    ...keptDrafts(stock, { part: 'stock', code: 'stockNotRunnable' }),
    ...repeatedItems(stock),
    ...stock.commodities.flatMap((commodity, position) => commodityDrafts(commodity, { pointer: `/stock/commodities/${position}`, budgets })),
    ...(stock.kits ?? []).flatMap((kit, position) => [
      ...contentDrafts(kit.contents, { pointer: `/stock/kits/${position}/contents`, stock, damaged }),
      ...(isInItself(kit.id, stock) ? [{ code: 'kitCircular' as const, pointer: `/stock/kits/${position}`, params: { name: kit.id } }] : []),
    ]),
    ...findUnsoundAllotments(stock, { contentDrafts: (contents, pointer) => contentDrafts(contents, { pointer, stock, damaged }), damaged }),
    ...(stock.rounds ?? []).flatMap((round, position) => roundDrafts(round, { pointer: `/stock/rounds/${position}`, earlier: stock.rounds?.slice(0, position) ?? [], stock, damaged })),
    ...(damaged.size > 0 ? [] : unusedDrafts(programme, stock)),
  ];
}

/** Commodities and kits are named in the same places, so no two may share a name. */
function repeatedItems({ commodities, kits = [] }: Stock): readonly Draft[] {
  const seen = new Set<string>();
  const places = [...commodities.map(({ id }, position) => [id, `/stock/commodities/${position}/id`] as const), ...kits.map(({ id }, position) => [id, `/stock/kits/${position}/id`] as const)];
  return places.flatMap(([id, pointer]): readonly Draft[] => {
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated ? [{ code: 'idRepeated', pointer, params: { name: id } }] : [];
  });
}

const UNITS: { readonly [kind in Commodity['kind']]: readonly Commodity['unit'][] } = {
  goods: ['piece', 'pack', 'bottle', 'gram', 'kilogram', 'millilitre', 'litre'],
  points: ['point'],
  money: ['cent'],
};

/** What only goods on a shelf have. */
const SHELF: readonly (keyof Commodity)[] = ['contentAmount', 'contentUnit', 'hasLots', 'hasExpiry', 'receiptExpiryDaysMin', 'issueOrder', 'pricePoints', 'priceCents'];

function commodityDrafts(commodity: Commodity, { pointer, budgets }: { readonly pointer: string; readonly budgets: ReadonlySet<Commodity['kind'] | undefined> }): readonly Draft[] {
  const { id, kind, unit, hasExpiry, issueOrder, receiptExpiryDaysMin } = commodity;
  const units = UNITS[kind];
  const drafts: Draft[] = units.includes(unit) ? [] : [{ code: 'commodityUnit', pointer: below(pointer, 'unit'), params: { name: id, found: unit, expected: units.join(', ') } }];
  if (kind !== 'goods') return [...drafts, ...SHELF.filter((name) => commodity[name] !== undefined).map((name): Draft => ({ code: 'commodityStray', pointer: below(pointer, name), params: { name: id, property: name } }))];
  const needs = (property: string): Draft => ({ code: 'partIncomplete', pointer, params: { name: id, needed: property } });
  if ((commodity.contentAmount === undefined) !== (commodity.contentUnit === undefined)) drafts.push(needs(commodity.contentAmount === undefined ? 'contentAmount' : 'contentUnit'));
  if (hasExpiry !== true && (issueOrder === 'earliestExpiry' || receiptExpiryDaysMin !== undefined)) drafts.push(needs('hasExpiry'));
  if (commodity.pricePoints !== undefined && !budgets.has('points')) drafts.push({ code: 'priceUnspendable', pointer: below(pointer, 'pricePoints'), params: { name: id } });
  if (commodity.priceCents !== undefined && !budgets.has('money')) drafts.push({ code: 'priceUnspendable', pointer: below(pointer, 'priceCents'), params: { name: id } });
  return drafts;
}

interface InStock {
  readonly pointer: string;
  readonly stock: Stock;
  readonly damaged: ReadonlySet<string>;
}

function contentDrafts(contents: readonly StockContent[] | undefined, { pointer, stock, damaged }: InStock): readonly Draft[] {
  const items = new Set([...stock.commodities, ...(stock.kits ?? [])].map(({ id }) => id));
  const seen = new Set<string>();
  return (contents ?? []).flatMap(({ item, amount }, position): readonly Draft[] => {
    const drafts: Draft[] = [];
    if (!items.has(item) && !damaged.has(item)) drafts.push({ code: 'commodityUnknown', pointer: below(pointer, position, 'item'), params: { name: item } });
    if (seen.has(item)) drafts.push({ code: 'contentRepeated', pointer: below(pointer, position, 'item'), params: { name: item } });
    if (typeof amount === 'number' && amount <= 0) drafts.push({ code: 'amountNothing', pointer: below(pointer, position, 'amount'), params: { name: item } });
    seen.add(item);
    return drafts;
  });
}

function isInItself(id: string, { kits = [] }: Stock): boolean {
  const inside = new Map(kits.map((kit) => [kit.id, kit.contents.map(({ item }) => item)]));
  const seen = new Set<string>();
  const waiting = [...(inside.get(id) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === id) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...(inside.get(name) ?? []));
  }
  return false;
}

/** A round says for whom the stock suffices this time; two of one allotment do not run on the same day. */
function roundDrafts(round: StockRound, { pointer, earlier, stock, damaged }: InStock & { readonly earlier: readonly StockRound[] }): readonly Draft[] {
  const { from, until, byFrom, byUpTo, when, allotment: name } = round;
  const allotment = stock.allotments?.find(({ id }) => id === name);
  const drafts: Draft[] = [...nameDrafts(name, { noun: 'allotment', pointer: below(pointer, 'allotment'), list: stock.allotments ?? [], damaged })];
  for (const [property, date] of [['from', from], ['until', until]] as const) if (parseDate(date) === null) drafts.push({ code: 'dateImpossible', pointer: below(pointer, property), params: { date } });
  if (until < from) drafts.push({ code: 'boundsCrossed', pointer: below(pointer, 'until'), params: { min: from, max: until } });
  if (byFrom !== undefined && byUpTo !== undefined && byUpTo < byFrom) drafts.push({ code: 'boundsCrossed', pointer: below(pointer, 'byUpTo'), params: { min: byFrom, max: byUpTo } });
  const isBounded = byFrom !== undefined || byUpTo !== undefined;
  if (isBounded && allotment !== undefined && allotment.by === undefined) drafts.push({ code: 'partIncomplete', pointer, params: { name: allotment.id, needed: 'by' } });
  if (!isBounded && when === undefined) drafts.push({ code: 'roundForAll', pointer, params: { name: round.id } });
  const clash = earlier.find((other) => other.allotment === name && other.from <= until && from <= other.until);
  if (clash !== undefined) drafts.push({ code: 'roundsOverlap', pointer: below(pointer, 'from'), params: { name: round.id, earlier: clash.id } });
  return drafts;
}

/** Of a batch programme, those who are chosen take it home. */
function unusedDrafts({ flow, mode }: Programme, stock: Stock): readonly Draft[] {
  const { allotments = [], kits = [], rounds = [] } = stock;
  const contents = [...kits, ...allotments.flatMap(({ bands = [], extras = [] }) => [...bands, ...extras])].flatMap((each) => each.contents);
  const taken = new Set([...contents.map(({ item }) => item), ...allotments.map(({ budget }) => budget?.commodity)]);
  const isTaken = (commodity: Commodity): boolean => taken.has(commodity.id) || commodity.issuedWhen !== undefined || commodity.pricePoints !== undefined || commodity.priceCents !== undefined;
  const handed = new Set([...flow.steps.map((step) => ('handsOut' in step ? step.handsOut : undefined)), ...rounds.map(({ allotment }) => allotment)]);
  const unused = (list: readonly { readonly id: string }[], isUsed: (position: number) => boolean, noun: string): readonly Draft[] =>
    list.flatMap(({ id }, position): readonly Draft[] => (isUsed(position) ? [] : [{ code: 'stockUnused', pointer: `/stock/${noun}/${position}`, params: { name: id } }]));
  return [
    ...unused(stock.commodities, (position) => isTaken(stock.commodities[position] as Commodity), 'commodities'),
    ...unused(kits, (position) => taken.has(kits[position]?.id ?? ''), 'kits'),
    ...unused(allotments, (position) => mode === 'batch' || handed.has(allotments[position]?.id ?? ''), 'allotments'),
  ];
}
