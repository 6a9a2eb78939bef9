import { ITEM_NAME, findQuestion } from '#definitions/language/question-index.js';
import type { Indicator, IndicatorBreakdown, IndicatorInstant, Programme, Question } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { keptDrafts, nameDrafts } from './parts.js';
import type { Type } from './type.js';
import { typeOf } from './typing.js';
import type { Typing } from './typing.js';

/** Figures that say what they count, of groups that name nobody; and that no version counts them yet. */
export function findUnsoundIndicators(typing: Typing): readonly Draft[] {
  const { indicators } = typing.programme;
  if (indicators === undefined) return [];
  return [
    ...keptDrafts(indicators, { part: 'indicators', code: 'indicatorsNotRunnable' }),
    ...indicators.figures.flatMap((figure, position) => figureDrafts(figure, { typing, pointer: `/indicators/figures/${position}` })),
  ];
}

interface Place {
  readonly typing: Typing;
  readonly pointer: string;
}

function figureDrafts(figure: Indicator, place: Place): readonly Draft[] {
  const { typing, pointer } = place;
  const { programme, damaged } = typing;
  const repeats = [...typing.questions.values()].filter(({ question }) => question.type === 'repeat').map(({ shape }) => ({ id: shape }));
  return [
    ...propertyDrafts(figure, pointer),
    ...instantDrafts(figure, { programme, pointer, damaged }),
    ...nameDrafts(figure.group, { noun: 'group', pointer: below(pointer, 'group'), list: repeats, damaged }),
    ...amountDrafts(figure, { programme, pointer, damaged }),
    ...(figure.breakdowns ?? []).flatMap((breakdown, position) => breakdownDrafts(breakdown, { figure, typing, pointer: below(pointer, 'breakdowns', position) })),
    ...thresholdDrafts(figure, place),
  ];
}

/** What each kind of count needs beside its title; what is not named here, it may not have. */
const NEEDED: { readonly [counts in Indicator['counts']]: readonly (keyof Indicator)[] } = {
  applications: [],
  cases: [],
  people: [],
  days: ['from', 'until', 'statistic'],
  money: ['amount', 'statistic'],
};
const OPTIONAL: { readonly [counts in Indicator['counts']]: readonly (keyof Indicator)[] } = { applications: [], cases: ['outcomes'], people: ['group', 'outcomes'], days: ['outcomes'], money: ['outcomes'] };
const SPECIFIC: readonly (keyof Indicator)[] = ['from', 'until', 'statistic', 'amount', 'group', 'outcomes'];

function propertyDrafts(figure: Indicator, pointer: string): readonly Draft[] {
  const { id, counts } = figure;
  const missing = NEEDED[counts].filter((name) => figure[name] === undefined);
  const stray = SPECIFIC.filter((name) => figure[name] !== undefined && ![...NEEDED[counts], ...OPTIONAL[counts]].includes(name));
  return [
    ...missing.map((name): Draft => ({ code: 'partIncomplete', pointer, params: { name: id, needed: name } })),
    ...stray.map((name): Draft => ({ code: 'indicatorStray', pointer: below(pointer, name), params: { name: id, property: name, counts } })),
  ];
}

interface InProgramme {
  readonly programme: Programme;
  readonly pointer: string;
  readonly damaged: ReadonlySet<string>;
}

/** Events in the order in which a case meets them; steps stand anywhere between. */
const ORDER: { readonly [event in IndicatorInstant['event']]?: number } = { filed: 1, decided: 2, ended: 3 };

function instantDrafts({ id, from, until }: Indicator, { programme, pointer, damaged }: InProgramme): readonly Draft[] {
  const drafts = ([['from', from], ['until', until]] as const).flatMap(([name, instant]): readonly Draft[] => {
    if (instant === undefined) return [];
    const isAtStep = instant.event === 'stepReached' || instant.event === 'stepDone';
    const place = below(pointer, name);
    if (isAtStep && instant.step === undefined) return [{ code: 'partIncomplete', pointer: place, params: { name: id, needed: 'step' } }];
    if (!isAtStep && instant.step !== undefined) return [{ code: 'indicatorStray', pointer: below(place, 'step'), params: { name: id, property: 'step', counts: instant.event } }];
    return nameDrafts(instant.step, { noun: 'step', pointer: below(place, 'step'), list: programme.flow.steps, damaged });
  });
  if (from === undefined || until === undefined) return drafts;
  const [first, last] = [ORDER[from.event], ORDER[until.event]];
  const isSame = from.event === until.event && from.step === until.step;
  const isBackwards = (first !== undefined && last !== undefined && last < first) || from.event === 'ended' || until.event === 'filed';
  return isSame || isBackwards ? [...drafts, { code: 'indicatorNever', pointer: below(pointer, 'until'), params: { name: id } }] : drafts;
}

function amountDrafts({ amount }: Indicator, { programme, pointer, damaged }: InProgramme): readonly Draft[] {
  const place = below(pointer, 'amount');
  const found = programme.computed.find(({ id }) => id === amount);
  if (found !== undefined && found.type !== 'money') return [{ code: 'amountNotMoney', pointer: place, params: { name: found.id } }];
  return nameDrafts(amount, { noun: 'computed', pointer: place, list: programme.computed, damaged });
}

const FIGURES: readonly Type['kind'][] = ['number', 'money', 'whole', 'date'];
const CLOSED: readonly Type['kind'][] = ['boolean', 'choice', 'any'];

/** Groups of a closed kind, or of figures in bands: a text or a date of birth would name the person. */
function breakdownDrafts({ id, value, bands }: IndicatorBreakdown, { figure, typing, pointer }: Place & { readonly figure: Indicator }): readonly Draft[] {
  const { kind, ...rest } = typeInFigure(value, figure, typing);
  const isFigure = FIGURES.includes(kind);
  if (!isFigure && kind === 'list' && (rest as { readonly of?: Type }).of?.kind === 'choice') return [];
  if (!isFigure && !CLOSED.includes(kind)) return [{ code: 'indicatorIdentifies', pointer: below(pointer, 'value'), params: { name: id } }];
  if (kind === 'date') return [{ code: 'indicatorIdentifies', pointer: below(pointer, 'value'), params: { name: id } }];
  if (isFigure && bands === undefined) return [{ code: 'partIncomplete', pointer, params: { name: id, needed: 'bands' } }];
  if (bands === undefined) return [];
  if (!isFigure) return [{ code: 'indicatorStray', pointer: below(pointer, 'bands'), params: { name: id, property: 'bands', counts: kind } }];
  return bandsDrafts(bands, below(pointer, 'bands'));
}

function bandsDrafts(bands: NonNullable<IndicatorBreakdown['bands']>, pointer: string): readonly Draft[] {
  const drafts: Draft[] = [];
  let end = -Infinity;
  bands.forEach(({ upTo = Infinity }, row) => {
    if (upTo <= end) drafts.push({ code: 'bandUnreachable', pointer: below(pointer, row), params: { row: row + 1 } });
    end = Math.max(end, upTo);
  });
  if (end !== Infinity) drafts.push({ code: 'bandsEndOpen', pointer: below(pointer, bands.length - 1), params: { upTo: end } });
  return drafts;
}

function typeInFigure(expression: unknown, { group = '' }: Indicator, typing: Typing): Type {
  const scope = group === '' ? typing.scope : new Map([...typing.scope, [ITEM_NAME, { kind: 'element', shape: group, index: typing.questions } as const]]);
  return typeOf(expression, { ...typing, scope, found: [], reads: new Set() }, '');
}

/** A group of few tells who they are: of special categories always, of anything that everybody may see too. */
function thresholdDrafts(figure: Indicator, { typing, pointer }: Place): readonly Draft[] {
  if (figure.suppressBelow !== undefined) return [];
  const breakdowns = figure.breakdowns ?? [];
  const special = [figure.where, ...breakdowns.map(({ value }) => value)].flatMap((expression) => questionsRead(expression, { group: figure.group ?? '', typing, seen: new Set() })).find(({ sensitivity }) => sensitivity === 'special' || sensitivity === 'criminal');
  const marked = breakdowns.find(({ isSpecial }) => isSpecial === true);
  const why = special?.id ?? marked?.id ?? (figure.isPublished === true ? breakdowns[0]?.id : undefined);
  return why === undefined ? [] : [{ code: 'indicatorWithoutThreshold', pointer, params: { name: figure.id, why } }];
}

interface Reading {
  readonly group: string;
  readonly typing: Typing;
  readonly seen: Set<string>;
}

/** The questions that an expression reads, also through computed values. */
function questionsRead(expression: unknown, reading: Reading): readonly Question[] {
  if (typeof expression !== 'object' || expression === null) return [];
  const { group, typing, seen } = reading;
  return Object.entries(expression).flatMap(([name, argument]): readonly Question[] => {
    if (typeof argument !== 'string') return questionsRead(argument, reading);
    if (name === 'var' || name === 'known') {
      const entry = findQuestion(typing.questions, argument.startsWith(`${ITEM_NAME}.`) ? group + argument.slice(ITEM_NAME.length) : argument);
      return entry === undefined ? [] : [entry.question];
    }
    if (name !== 'computed' || seen.has(argument)) return [];
    seen.add(argument);
    return questionsRead(typing.programme.computed.find(({ id }) => id === argument)?.value, reading);
  });
}
