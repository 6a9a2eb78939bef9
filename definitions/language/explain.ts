import type { Parameter, PointsLine, Programme, Rule, Text } from '#definitions/types/programme.js';
import { explainParts } from './explain-parts.js';
import type { PartNoun } from './explain-parts.js';
import { tableRows } from './explain-tables.js';
import { writeSentence } from './sentence.js';
import type { SentencePlace } from './sentence.js';
import { EXPLAIN_WORDS } from './sentences/explain-words.js';
import { currencyOf, nameDeclared, nameParameter, namesOfAnyOptions, writeParameter } from './sentences/names.js';
import { createSpeaker } from './sentences/speaker.js';
import type { Speaker } from './sentences/speaker.js';
import { fillText, sentence, writeValue } from './wording.js';

export type ExplainNoun = 'computed' | 'parameter' | 'table' | 'rule' | 'points' | 'document' | PartNoun;

/** One thing of a programme as lines of text, in Greek and English. */
export interface Explained {
  readonly noun: ExplainNoun;
  readonly id: string;
  readonly title: { readonly el: string; readonly en: string };
  readonly lines: { readonly el: readonly string[]; readonly en: readonly string[] };
}

type Language = 'el' | 'en';

/** A whole programme for an official to compare with the notice: parameters, tables, computed values, rules, points, papers. */
export function explainProgramme(programme: Programme): readonly Explained[] {
  const say = (expression: unknown, language: Language, place: SentencePlace = {}): string => writeSentence(programme, expression, place)[language];
  const tellingIn = (language: Language): Telling => ({ language, say, nameIn: (name) => nameOf(name, createSpeaker(programme, { language })) });
  const explain = (thing: { readonly id: string; readonly title: Text }, { noun, lines }: { noun: ExplainNoun; lines: (language: Language) => readonly string[] }): Explained => ({
    noun,
    id: thing.id,
    title: { el: thing.title.el, en: thing.title.en },
    lines: { el: lines('el'), en: lines('en') },
  });
  return [
    ...programme.parameters.map((parameter) => explain(parameter, { noun: 'parameter', lines: (language) => parameterLines(parameter, { programme, language }) })),
    ...programme.tables.map((table) => explain(table, { noun: 'table', lines: (language) => [...tableRows(programme, table, language), ...origin(table, language)] })),
    ...programme.computed.map((computed) => explain(computed, { noun: 'computed', lines: (language) => [say(computed.value, language, { kind: computed.type === 'money' ? 'money' : 'number' }), ...origin(computed, language)] })),
    ...programme.rules.map((rule) => explain(rule, { noun: 'rule', lines: (language) => ruleLines(rule, tellingIn(language)) })),
    ...(programme.points?.lines ?? []).map((line) => explain(line, { noun: 'points', lines: (language) => pointsLines(line, tellingIn(language)) })),
    ...programme.documents.map((document) => explain(document, { noun: 'document', lines: (language) => [needed(document.requiredWhen, tellingIn(language)), ...origin(document, language)] })),
    ...explainParts(programme),
  ];
}

type Say = (expression: unknown, language: Language, place?: SentencePlace) => string;

interface Telling {
  readonly language: Language;
  readonly say: Say;
  /** What a reason names in braces, by its title and value. */
  readonly nameIn: (name: string) => string | undefined;
}

/** Whether it is invented, and the provision that it comes from; a basis that only says "invented" once more is left out. */
function origin({ invented, legalBasis }: { readonly invented?: boolean; readonly legalBasis?: string }, language: Language): readonly string[] {
  const isRepeated = invented === true && `${legalBasis ?? ''}.` === EXPLAIN_WORDS.el.invented;
  return [...(invented === true ? [EXPLAIN_WORDS[language].invented] : []), ...(legalBasis === undefined || isRepeated ? [] : [`[${legalBasis}]`])];
}

function nameOf(name: string, speaker: Speaker): string | undefined {
  const { parameters, computed } = speaker.programme;
  const declared = computed.find(({ id }) => id === name);
  if (declared !== undefined) return nameDeclared(declared, speaker);
  return parameters.some(({ id }) => id === name) ? nameParameter(name, speaker) : undefined;
}

/** A condition that goes on from words before it. */
function after(words: string, condition: unknown, { language, say }: Telling): string {
  const said = say(condition, language);
  return `${words} ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

function needed(condition: unknown, telling: Telling): string {
  const words = EXPLAIN_WORDS[telling.language];
  return condition === undefined || condition === true ? words.always : after(words.whenNeeded, condition, telling);
}

function ruleLines(rule: Rule, telling: Telling): readonly string[] {
  const { language, say } = telling;
  const words = EXPLAIN_WORDS[language];
  return [
    words[rule.severity],
    ...(rule.when === undefined ? [] : [after(words.when, rule.when, telling)]),
    say(rule.condition, language),
    `${words.otherwise} ${sentence(fillText(rule.reason.false, telling.nameIn), language)}`,
    ...origin({ legalBasis: rule.legalBasis }, language),
  ];
}

function pointsLines(line: PointsLine, telling: Telling): readonly string[] {
  const { language } = telling;
  const words = EXPLAIN_WORDS[language];
  return [
    ...(line.when === undefined ? [] : [after(words.when, line.when, telling)]),
    after(words.points, line.points, telling),
    ...(line.cap === undefined ? [] : [words.cap.replace('{cap}', String(line.cap))]),
    ...(line.multiplier === undefined ? [] : [after(words[line.order ?? 'capThenMultiply'], line.multiplier, telling)]),
    ...origin(line, language),
  ];
}

function parameterLines(parameter: Parameter, { programme, language }: { readonly programme: Programme; readonly language: Language }): readonly string[] {
  const words = EXPLAIN_WORDS[language];
  const isSetLocally = programme.overlayable.some(({ target }) => target.noun === 'parameter' && target.id === parameter.id);
  const values = parameter.values.map((value) => {
    const isEmpty = Array.isArray(value.value) && value.value.length === 0;
    const said = isEmpty ? words[isSetLocally ? 'emptyUntilSet' : 'empty'] : namesOfAnyOptions(value.value, createSpeaker(programme, { language })) ?? writeParameter(value.value, { unit: parameter.unit, language, ...currencyOf({ programme }) });
    return [`${words.from} ${writeValue(value.from, { kind: 'date', language })}: ${said}`, ...origin(value, language)].join(' ');
  });
  return [...values, ...origin(parameter, language)];
}
