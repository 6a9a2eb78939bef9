import type { Allotment, Commodity, Programme, Stock, StockContent, StockRound } from '#definitions/types/programme.js';
import type { PartSpeaker, PartThing, SpeakerOf } from './part-speaker.js';
import { keptThing, phrase, thingOf, titleOf } from './part-speaker.js';
import { writeMoney, writeValue } from './wording.js';

/** Goods, kits, allotments as tables, rounds. */
export function explainStock(programme: Programme, speakerOf: SpeakerOf): readonly PartThing[] {
  const { stock } = programme;
  if (stock === undefined) return [];
  const given = { programme, speakerOf };
  return [
    keptThing('stock', stock, given),
    ...stock.commodities.map((commodity) => thingOf(commodity, { ...given, noun: 'commodity', lines: (speaker) => commodityLines(commodity, speaker) })),
    ...(stock.kits ?? []).map((kit) => thingOf(kit, { ...given, noun: 'kit', lines: (speaker) => contentLines(kit.contents, { stock, speaker }) })),
    ...(stock.allotments ?? []).map((allotment) => thingOf(allotment, { ...given, noun: 'allotment', lines: (speaker) => allotmentLines(allotment, { stock, speaker }) })),
    ...(stock.rounds ?? []).map((round) => thingOf(round, { ...given, noun: 'round', lines: (speaker) => roundLines(round, { stock, speaker }) })),
  ];
}

function commodityLines(commodity: Commodity, { words, language, say }: PartSpeaker): readonly string[] {
  const { kind, unit, contentAmount, contentUnit, pricePoints, priceCents } = commodity;
  const content = contentAmount === undefined || contentUnit === undefined ? '' : phrase(words.content, { amount: contentAmount, unit: words.units[contentUnit] });
  const price = [...(pricePoints === undefined ? [] : [phrase(words.points, { count: pricePoints })]), ...(priceCents === undefined ? [] : [writeMoney(priceCents, { language })])];
  return [
    phrase(words.counted, { kind: words.commodityKinds[kind], unit: words.units[unit] }) + content,
    ...(commodity.hasLots === true ? [words.lots] : []),
    ...(commodity.hasExpiry === true ? [words.expiry] : []),
    ...(commodity.receiptExpiryDaysMin === undefined ? [] : [phrase(words.receipt, { days: commodity.receiptExpiryDaysMin })]),
    ...(commodity.issueOrder === undefined ? [] : [words.issueOrder[commodity.issueOrder]]),
    ...price.map((each) => phrase(words.price, { price: each })),
    ...(commodity.issuedWhen === undefined ? [] : [phrase(words.issuedWhen, { condition: say(commodity.issuedWhen) })]),
    ...(commodity.sensitivity === 'special' ? [words.special] : []),
  ];
}

interface InStock {
  readonly stock: Stock;
  readonly speaker: PartSpeaker;
}

function itemTitle(item: string, { stock, speaker }: InStock): string {
  return titleOf([...stock.commodities, ...(stock.kits ?? [])], item, speaker);
}

function sayAmount(amount: StockContent['amount'], item: string, { stock, speaker }: InStock): string {
  const isMoney = stock.commodities.some(({ id, kind }) => id === item && kind === 'money');
  if (typeof amount !== 'number') return speaker.say(amount, { kind: isMoney ? 'money' : 'number' });
  return isMoney ? writeMoney(amount, { language: speaker.language }) : writeValue(amount, { kind: 'number', language: speaker.language });
}

function contentLines(contents: readonly StockContent[], inStock: InStock): readonly string[] {
  return contents.map(({ item, amount }) => phrase(inStock.speaker.words.amountOf, { item: itemTitle(item, inStock), amount: sayAmount(amount, item, inStock) }));
}

function allotmentLines(allotment: Allotment, inStock: InStock): readonly string[] {
  const { words, say, text } = inStock.speaker;
  const { when, every, periodsMax, by, bands = [], extras = [], budget, shortage } = allotment;
  return [
    ...(when === undefined ? [] : [phrase(words.whenOnly, { condition: say(when) })]),
    words.every[every],
    ...(periodsMax === undefined ? [] : [phrase(words.periods, { count: periodsMax })]),
    ...(by === undefined ? [] : [phrase(words.by, { figure: say(by) })]),
    ...matrixLines(bands, inStock),
    ...extras.flatMap((extra) => [phrase(words.extra, { title: text(extra.title), condition: say(extra.when) }), ...contentLines(extra.contents, inStock).map((line) => `  ${line}`)]),
    ...(budget === undefined ? [] : [phrase(words.budget, { commodity: itemTitle(budget.commodity, inStock), amount: sayAmount(budget.amount, budget.commodity, inStock) }), words.unspent[budget.unspent]]),
    words.shortage[shortage.rule],
    ...(shortage.priority ?? []).map(({ title, value, order }, position) => `${position + 1}. ${phrase(words.order[order], { title: text(title), value: say(value) })}`),
    words.missed[shortage.missed],
    phrase(words.told, { reason: text(shortage.reason) }),
  ];
}

/** In a matrix a parameter is its latest figure: its name would drown the table, and stands among the parameters. */
function sayCell({ item, amount }: StockContent, inStock: InStock): string {
  const name = typeof amount === 'object' && 'param' in amount ? amount.param : undefined;
  const latest = inStock.speaker.programme.parameters.find(({ id }) => id === name)?.values.at(-1)?.value;
  return sayAmount(typeof latest === 'number' ? latest : amount, item, inStock);
}

/** The matrix as a notice prints it: a line for each band, a column for each thing. */
function matrixLines(bands: NonNullable<Allotment['bands']>, inStock: InStock): readonly string[] {
  if (bands.length === 0) return [];
  const { words } = inStock.speaker;
  const items = [...new Set(bands.flatMap(({ contents }) => contents.map(({ item }) => item)))];
  let end = 0;
  const rows = bands.map(({ from = end + 1, upTo, contents, invented }) => {
    end = upTo ?? Infinity;
    const label = upTo === undefined ? phrase(words.more, { from }) : from === upTo ? String(from) : `${from}–${upTo}`;
    const cells = items.map((item) => contents.find((content) => content.item === item)).map((content) => (content === undefined ? '–' : sayCell(content, inStock)));
    return [label, ...cells, ...(invented === true ? [words.inventedRow] : [])];
  });
  return alignTable([['', ...items.map((item) => itemTitle(item, inStock))], ...rows]);
}

/** Rows of cells as lines of equal columns. */
export function alignTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ').trimEnd());
}

function roundLines(round: StockRound, { stock, speaker }: InStock): readonly string[] {
  const { words, language, say, text } = speaker;
  const date = (day: string): string => writeValue(day, { kind: 'date', language });
  const by = stock.allotments?.find(({ id }) => id === round.allotment)?.by;
  const isBounded = round.byFrom !== undefined || round.byUpTo !== undefined;
  return [
    phrase(words.round, { allotment: titleOf(stock.allotments, round.allotment, speaker), from: date(round.from), until: date(round.until) }),
    ...(isBounded ? [phrase(words.roundFor, { figure: by === undefined ? '–' : say(by), low: round.byFrom ?? words.noLimit, high: round.byUpTo ?? words.noLimit })] : []),
    ...(round.when === undefined ? [] : [phrase(words.whenOnly, { condition: say(round.when) })]),
    phrase(words.told, { reason: text(round.reason) }),
  ];
}
