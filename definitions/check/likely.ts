import type { Parameter, Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { listSites } from './sites.js';
import { LEAST_WORDS, MOST_WORDS } from './texts/spoken.js';

/** Figures that are possible and hardly meant: euros for cents, two that changed places, percentages that nobody divides. */
export function findUnlikelyFigures(programme: Programme): readonly Draft[] {
  return [
    ...programme.parameters.flatMap((parameter, position) => parameterDrafts(parameter, { programme, pointer: `/parameters/${position}` })),
    ...pairDrafts(programme),
    ...listSites(programme).flatMap(({ expression, pointer }) => visit(expression, { programme, pointer, isDivided: false })),
    ...risingDrafts(programme),
    ...capDrafts(programme),
    ...capacityDrafts(programme),
  ];
}

/** Years that are not of this programme are a slip of the finger. */
const YEARS_NEAR = 25;

function parameterDrafts({ id, unit, values }: Parameter, { programme, pointer }: { readonly programme: Programme; readonly pointer: string }): readonly Draft[] {
  const opened = Number(programme.opening.from.slice(0, 4));
  return values.flatMap(({ value, from }, row): readonly Draft[] => {
    const place = below(pointer, 'values', row, 'value');
    if (unit === 'percent' && typeof value === 'number' && (value < 0 || value > 100)) return [{ code: 'percentBeyond', pointer: place, params: { name: id, found: value } }];
    if (unit === 'cents' && typeof value === 'number' && value < 0) return [{ code: 'amountNegative', pointer: place, params: { name: id, found: value } }];
    const year = unit === 'date' && typeof value === 'string' ? Number(value.slice(0, 4)) : Number(from.slice(0, 4));
    const isFar = unit === 'date' ? Math.abs(year - opened) > YEARS_NEAR : year - opened > YEARS_NEAR;
    return isFar ? [{ code: 'dateFar', pointer: unit === 'date' ? place : below(pointer, 'values', row, 'from'), params: { name: id, found: unit === 'date' ? String(value) : from } }] : [];
  });
}

/** By their names the first is not above the second. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/Min(?![a-z])/, 'Max'],
  [/From(?![a-z])/, 'Until'],
  [/First(?=[A-Z]|$)/, 'Last'],
  [/Step(?=[A-Z]|$)/, 'Base'],
  [/BaseCents$/, 'CentsMax'],
];

function pairDrafts({ parameters }: Programme): readonly Draft[] {
  const byId = new Map(parameters.map((parameter) => [parameter.id, parameter]));
  return parameters.flatMap((parameter, position) =>
    PAIRS.flatMap(([word, partner]): readonly Draft[] => {
      const other = word.test(parameter.id) ? byId.get(parameter.id.replace(word, partner)) : undefined;
      const [found, expected] = [parameter.values.at(-1)?.value, other?.values.at(-1)?.value];
      const isCrossed = other !== undefined && other.unit === parameter.unit && found !== undefined && expected !== undefined && typeof found === typeof expected && found > expected;
      return isCrossed ? [{ code: 'pairCrossed', pointer: below('/parameters', position), params: { name: parameter.id, other: other.id, found: String(found), expected: String(expected) } }] : [];
    }),
  );
}

/** Written as cents these are 10 to 200 euros; limits of income and property are as many euros. */
const [EURO_LEAST, EURO_MOST] = [1_000, 20_000];
const ROOM = 5_000;
const ORDERS: readonly string[] = ['<', '<=', '>', '>='];

interface Place {
  readonly programme: Programme;
  readonly pointer: string;
  /** Inside a division by 100. */
  readonly isDivided: boolean;
}

interface Operation {
  readonly name: string;
  readonly argument: unknown;
}

function visit(expression: unknown, place: Place): readonly Draft[] {
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([name, argument]: [string, unknown]): readonly Draft[] => {
    const pointer = below(place.pointer, name);
    const isDivided = place.isDivided || (name === 'divRound' && own(argument, 'by') !== undefined);
    const here = { ...place, pointer };
    return [...orderDrafts({ name, argument }, here), ...percentDrafts({ name, argument }, here), ...visit(argument, { ...place, pointer, isDivided })];
  });
}

function percentDrafts({ name, argument }: Operation, { programme, pointer, isDivided }: Place): readonly Draft[] {
  if (name !== '*' || isDivided || !Array.isArray(argument)) return [];
  const percent = argument.map((part: unknown) => parameterOf(part, programme)).find((parameter) => parameter?.unit === 'percent');
  return percent === undefined ? [] : [{ code: 'percentUndivided', pointer, params: { name: percent.id } }];
}

function orderDrafts({ name, argument }: Operation, { programme, pointer }: Place): readonly Draft[] {
  if (!ORDERS.includes(name) || !Array.isArray(argument)) return [];
  const drafts: Draft[] = [];
  const sides: readonly unknown[] = argument;
  sides.forEach((side, position) => {
    const [parameter, other] = [parameterOf(side, programme), sides[1 - position]];
    const path = own(other, 'var');
    const limits = typeof side === 'number' ? [side] : parameter?.unit === 'cents' ? parameter.values.map(({ value }) => value) : [];
    const question = typeof path === 'string' ? programme.form.pages.flatMap(({ questions }) => questions).find(({ id, type }) => id === path && type === 'money') : undefined;
    const euros = limits.find((limit) => typeof limit === 'number' && limit >= EURO_LEAST && limit <= EURO_MOST && (question?.max ?? 0) > limit * ROOM);
    if (euros !== undefined) drafts.push({ code: 'centsLikelyEuros', pointer, params: { found: String(euros), euros: (Number(euros) / 100).toFixed(2) } });
    if (parameter !== undefined && isLength(other) && /Years/.test(parameter.id)) drafts.push({ code: 'timeUnitsMixed', pointer, params: { name: parameter.id } });
    const named = parameter ?? programme.computed.find(({ id }) => id === own(side, 'computed'));
    if (named !== undefined && isStrictAtEdge(name, { isLeft: position === 0, named })) drafts.push({ code: 'edgeExcluded', pointer, params: { name: named.id } });
  });
  return drafts;
}

function isLength(expression: unknown): boolean {
  return own(expression, 'monthsBetween') !== undefined || own(expression, 'daysBetween') !== undefined;
}

/** "At most 9.000" takes in 9.000: a most is met by what equals it, and so is a least. */
function isStrictAtEdge(name: string, { isLeft, named: { id, title } }: { readonly isLeft: boolean; readonly named: Pick<Parameter, 'id' | 'title'> }): boolean {
  if (name !== '<' && name !== '>') return false;
  const isMost = /Max(?![a-z])/.test(id) || MOST_WORDS.test(title.el) || /(?<!\p{L})όριο(?!\p{L})/iu.test(title.el);
  const isLeast = /Min(?![a-z])/.test(id) || LEAST_WORDS.test(title.el);
  // A limit stands where what is asked is below it; below a least, or above a most, is the other side.
  return isMost !== isLeast && ((name === '<') !== isLeft ? isMost : isLeast);
}

function parameterOf(expression: unknown, { parameters }: Programme): Parameter | undefined {
  const id = own(expression, 'param');
  return parameters.find((parameter) => parameter.id === id);
}

/** Of points by income the highest are the poorest's. */
function risingDrafts(programme: Programme): readonly Draft[] {
  return (programme.points?.lines ?? []).flatMap(({ points }, position): readonly Draft[] => {
    const band = own(points, 'band');
    const path = own(own(band, 'of'), 'var');
    const isMoney = programme.form.pages.some(({ questions }) => questions.some(({ id, type }) => id === path && type === 'money'));
    const values = programme.tables.find(({ id }) => id === own(band, 'table'))?.bands?.map(({ value }) => value) ?? [];
    return isMoney && (values.at(-1) ?? 0) > (values[0] ?? 0) ? [{ code: 'pointsRise', pointer: below('/points/lines', position, 'points'), params: { name: String(own(band, 'table')) } }] : [];
  });
}

/** A cap that a single step already reaches cuts everything above it. */
function capDrafts({ points }: Programme): readonly Draft[] {
  const lines = points?.lines ?? [];
  const drafts = lines.flatMap((line, position): readonly Draft[] => (typeof line.points === 'number' && line.cap !== undefined && line.points > line.cap ? [{ code: 'capBelow', pointer: `/points/lines/${position}/cap`, params: { cap: line.cap, found: line.points } }] : []));
  const highest = Math.max(0, ...lines.map((line) => line.cap ?? (typeof line.points === 'number' ? line.points : 0)));
  return points?.cap !== undefined && highest > points.cap ? [...drafts, { code: 'capBelow', pointer: '/points/cap', params: { cap: points.cap, found: highest } }] : drafts;
}

function capacityDrafts(programme: Programme): readonly Draft[] {
  const { selection } = programme;
  if (selection === undefined) return [];
  const placesOf = (expression: unknown): number | undefined => {
    const value = typeof expression === 'number' ? expression : parameterOf(expression, programme)?.values.at(-1)?.value;
    return typeof value === 'number' ? value : undefined;
  };
  const capacity = placesOf(selection.capacity);
  if (capacity === undefined) return [];
  if (capacity <= 0) return [{ code: 'capacityNone', pointer: '/selection/capacity', params: { found: capacity } }];
  const reserved = (selection.reserves ?? []).reduce((total, { places }) => total + (placesOf(places) ?? 0), 0);
  return reserved > capacity ? [{ code: 'reservesExceed', pointer: '/selection/reserves', params: { found: reserved, limit: capacity } }] : [];
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
