import type { Read, RuleDecision } from '#definitions/language/programme.js';
import { writeSentence } from '#definitions/language/sentence.js';
import { writeValue } from '#definitions/language/wording.js';
import type { ValueKind } from '#definitions/language/wording.js';
import type { Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/field-types.js';
import { TEXTS, documentTitle, findQuestion, questionLabel } from './case-reading.js';
import type { OpenCase } from './case-state.js';
import { formatDate } from './desk-formats.js';
import { deskText, readText } from './desk-language.js';
import type { DeskLanguage } from './desk-language.js';
import { isSensitive, sensitiveComputed } from './sensitive-values.js';

/** A line of why: what was read, and with which value. `covered`: of a special category, shown among the answers only. */
export interface ReadLine {
  readonly label: string;
  readonly value: string;
  readonly covered: boolean;
}

export interface RuleWords {
  /** The condition as a sentence; null where the desk is not given it. */
  readonly condition: string | null;
  /** When the rule is looked at at all. */
  readonly when: string | null;
  readonly lines: readonly ReadLine[];
}

/** Why a rule came out as it did: its own words, and the values it read. */
export function readRule(open: OpenCase, rule: RuleDecision, language: DeskLanguage): RuleWords {
  const declared = open.programme.rules.find(({ id }) => id === rule.id);
  const sentence = (expression: unknown): string => writeSentence(open.programme, expression)[language];
  return {
    condition: declared ? sentence(declared.condition) : null,
    when: declared?.when === undefined ? null : sentence(declared.when),
    lines: rule.read.map((read) => readLine(open, read, language)),
  };
}

function readLine(open: OpenCase, read: Read, language: DeskLanguage): ReadLine {
  if ('path' in read) return readAnswer(open, read, language);
  const { programme } = open;
  const say = (value: Read['value'], kind: ValueKind): string => (isNothing(value) ? deskText(language, 'readNothing') : writeValue(value, { kind, language }));
  if ('param' in read) {
    const parameter = programme.parameters.find(({ id }) => id === read.param);
    const kinds = { cents: 'money', count: 'number', percent: 'percent', date: 'date', text: 'text', list: 'list' } as const;
    const from = deskText(language, 'readParam', { from: formatDate(language, read.from) });
    return { label: `${readText(language, parameter?.title) || read.param} (${from})`, value: parameter?.unit === 'date' && typeof read.value === 'string' ? formatDate(language, read.value) : (optionWords(open, read.value, language) ?? say(read.value, kinds[parameter?.unit ?? 'count'])), covered: false };
  }
  if ('computed' in read) {
    const computed = programme.computed.find(({ id }) => id === read.computed);
    return { label: `${readText(language, computed?.title) || read.computed} (${deskText(language, 'readComputed')})`, value: say(read.value, computed?.type === 'money' ? 'money' : typeof read.value === 'boolean' ? 'boolean' : 'number'), covered: sensitiveComputed(programme).has(read.computed) };
  }
  if ('fact' in read) {
    const title = readText(language, programme.facts.find(({ id }) => id === read.fact)?.title) || read.fact;
    return { label: `${title} (${deskText(language, 'readFact')})`, value: say(read.value, 'text'), covered: false };
  }
  if ('document' in read) return { label: documentTitle(open, read.document, language), value: say(read.value, 'boolean'), covered: false };
  const table = programme.tables.find(({ id }) => id === read.table);
  return { label: `${readText(language, table?.title) || read.table} (${deskText(language, 'readTable', { row: read.row + 1 })})`, value: say(read.value, 'number'), covered: false };
}

/** A list of options, as people choose them: «Μάνδρα, Βίλια» for `mandra, vilia`; null where it is none. */
function optionWords({ programme }: OpenCase, value: Read['value'], language: DeskLanguage): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const questions = programme.form.pages.flatMap((page) => page.questions).flatMap((question) => [question, ...(question.items ?? [])]);
  for (const { options = [] } of questions) {
    const labels = value.map((each) => readText(language, options.find((option) => option.value === each)?.label));
    if (labels.every((label) => label !== '')) return labels.join(', ');
  }
  return null;
}

function readAnswer(open: OpenCase, { path, value }: { readonly path: string; readonly value: Read['value'] }, language: DeskLanguage): ReadLine {
  const question = findQuestion(open, path);
  return { label: labelOf(open, path, language), value: answerWords(question, value, language), covered: isSensitive(question) };
}

/** «Παιδί 2: ημερομηνία γέννησης» where a member of a group was read. */
function labelOf(open: OpenCase, path: string, language: DeskLanguage): string {
  const positions = path.split(/[.[\]]+/).filter((part) => /^\d+$/.test(part));
  const label = questionLabel(open, path, language);
  return positions.length === 0 ? label : `${label} (${positions.map((position) => Number(position) + 1).join('.')})`;
}

function answerWords(question: Question | undefined, value: Read['value'], language: DeskLanguage): string {
  if (isNothing(value)) return deskText(language, 'readNothing');
  if (question?.items !== undefined && typeof value === 'number') return deskText(language, 'readCount', { count: value });
  if (question === undefined) return writeValue(value, { kind: 'text', language });
  const told = fieldTypes[question.type].summarise(value, { question, texts: TEXTS[language].form });
  return told === '' ? writeValue(value, { kind: 'text', language }) : told;
}

function isNothing(value: Read['value']): boolean {
  return value === null || value === undefined || value === '';
}
