import type { Parameter, Programme, Rule, Table, Text } from '#definitions/types/programme.js';
import { explainParts } from './explain-parts.js';
import type { PartNoun } from './explain-parts.js';
import { writeSentence } from './sentence.js';
import type { SentencePlace } from './sentence.js';
import { EXPLAIN_WORDS } from './sentences/explain-words.js';
import { sentence, writeMoney, writeValue } from './wording.js';

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
  const explain = (thing: { readonly id: string; readonly title: Text }, { noun, lines }: { noun: ExplainNoun; lines: (language: Language) => readonly string[] }): Explained => ({
    noun,
    id: thing.id,
    title: { el: thing.title.el, en: thing.title.en },
    lines: { el: lines('el'), en: lines('en') },
  });
  return [
    ...programme.parameters.map((parameter) => explain(parameter, { noun: 'parameter', lines: (language) => parameterLines(parameter, language) })),
    ...programme.tables.map((table) => explain(table, { noun: 'table', lines: (language) => tableLines(table, language) })),
    ...programme.computed.map((computed) => explain(computed, { noun: 'computed', lines: (language) => [say(computed.value, language, { kind: computed.type === 'money' ? 'money' : 'number' }), ...basis(computed.legalBasis)] })),
    ...programme.rules.map((rule) => explain(rule, { noun: 'rule', lines: (language) => ruleLines(rule, { language, say }) })),
    ...(programme.points?.lines ?? []).map((line) =>
      explain(line, {
        noun: 'points',
        lines: (language) => [
          ...(line.when === undefined ? [] : [`${EXPLAIN_WORDS[language].when} ${say(line.when, language)}`]),
          say(line.points, language),
          ...(line.cap === undefined ? [] : [`${EXPLAIN_WORDS[language].cap} ${line.cap}`]),
          ...(line.multiplier === undefined ? [] : [`${EXPLAIN_WORDS[language][line.order ?? 'capThenMultiply']} ${say(line.multiplier, language)}`]),
          ...basis(line.legalBasis),
        ],
      }),
    ),
    ...programme.documents.map((document) => explain(document, { noun: 'document', lines: (language) => [document.requiredWhen === undefined ? EXPLAIN_WORDS[language].always : say(document.requiredWhen, language), ...basis(document.legalBasis)] })),
    ...explainParts(programme),
  ];
}

function basis(legalBasis: string | undefined): readonly string[] {
  return legalBasis === undefined ? [] : [`[${legalBasis}]`];
}

function ruleLines(rule: Rule, { language, say }: { language: Language; say: (expression: unknown, language: Language) => string }): readonly string[] {
  const words = EXPLAIN_WORDS[language];
  return [
    words[rule.severity],
    ...(rule.when === undefined ? [] : [`${words.when} ${say(rule.when, language)}`]),
    say(rule.condition, language),
    `${words.otherwise} ${sentence(rule.reason.false, language)}`,
    ...basis(rule.legalBasis),
  ];
}

function parameterLines(parameter: Parameter, language: Language): readonly string[] {
  const kinds = { cents: 'money', count: 'number', percent: 'percent', date: 'date', text: 'text', list: 'list' } as const;
  const values = parameter.values.map(({ from, value, invented, legalBasis }) => {
    const said = `${EXPLAIN_WORDS[language].from} ${writeValue(from, { kind: 'date', language })}: ${writeValue(value, { kind: kinds[parameter.unit], language })}`;
    return [said, ...(invented === true ? [EXPLAIN_WORDS[language].invented] : []), ...basis(legalBasis)].join(' ');
  });
  return [...values, ...(parameter.invented === true ? [EXPLAIN_WORDS[language].invented] : []), ...basis(parameter.legalBasis)];
}

/** A table does not say whether its figures are money: large ones are written both ways. */
function figure(value: number, language: Language): string {
  const plain = writeValue(value, { kind: 'number', language });
  return Math.abs(value) >= 10_000 ? `${plain} (${writeMoney(value, { language })})` : plain;
}

function tableLines(table: Table, language: Language): readonly string[] {
  const words = EXPLAIN_WORDS[language];
  const bands = (table.bands ?? []).map(({ from, upTo, value }) => {
    const lower = from === undefined ? '' : `${words.fromValue} ${figure(from, language)} `;
    return `${lower}${upTo === undefined ? words.above : `${words.upTo} ${figure(upTo, language)}`}: ${figure(value, language)}`;
  });
  const rows = (table.rows ?? []).map(({ anyOf, value }) => {
    const keys = anyOf.map((key) => Object.entries(key).map(([column, part]) => `${column} = ${writeValue(part as string, { kind: 'text', language })}`).join(', '));
    return `${keys.join(` ${words.or} `)}: ${figure(value, language)}`;
  });
  return [...bands, ...rows, ...(table.invented === true ? [words.invented] : []), ...basis(table.legalBasis)];
}
