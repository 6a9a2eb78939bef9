import type { Expression, Programme } from '#definitions/types/programme.js';
import { writeValue } from '../wording.js';
import { nameAmong, nameDeclared, nameParameter, namePath, optionsAsked } from './names.js';
import { fill, questionOf } from './speaker.js';
import type { Speaker } from './speaker.js';

/** What can be said in one word: how it is written, and the expressions that it may stand for. */
export type Lexicon = ReadonlyMap<string, readonly Expression[]>;

const ADDRESS_PARTS = ['street', 'number', 'town', 'postcode'] as const;

/** Every name that an expression may use in this place, as the printer writes it: what is printed so is read so. */
export function createLexicon(speaker: Speaker): Lexicon {
  const { programme, words } = speaker;
  const lexicon = new Map<string, Expression[]>();
  const add = (said: string, expression: Expression): void => void lexicon.set(said, [...(lexicon.get(said) ?? []), expression]);
  for (const path of listPaths(speaker)) addPath(path, { speaker, add });
  for (const { id } of programme.parameters) for (const said of new Set([undefined, ...optionsAsked(speaker)].map((options) => nameParameter(id, speaker, options)))) add(said, { param: id });
  for (const computed of programme.computed) addTold(nameDeclared(computed, speaker), { expression: { computed: computed.id }, speaker, add });
  for (const thing of [...programme.parameters, ...programme.computed]) {
    const full = nameDeclared(thing, speaker, true);
    if (!lexicon.has(full)) add(full, programme.computed.includes(thing as Programme['computed'][number]) ? { computed: thing.id } : { param: thing.id });
  }
  for (const { id, source } of programme.facts) addTold(fill(words['fact'], { 1: nameAmong(programme.facts, id, speaker), source }), { expression: { fact: id }, speaker, add });
  for (const { id } of programme.documents) add(fill(words['document'], { 1: nameAmong(programme.documents, id, speaker) }), { document: id });
  add(words['asOf'] ?? '', { asOf: true });
  for (const truth of [true, false]) add(writeValue(truth, { kind: 'boolean', language: speaker.language }), truth);
  return lexicon;
}

function addPath(path: string, { speaker, add }: { readonly speaker: Speaker; readonly add: (said: string, expression: Expression) => void }): void {
  const { words } = speaker;
  const isYesNo = ['yesNo', 'declaration'].includes(questionOf(path, speaker)?.type ?? '');
  for (const named of new Set([namePath(path, speaker), namePath(path, speaker, true)])) {
    add(named, { var: path });
    if (isYesNo) add(fill(words['yes'], { 1: named }), { var: path });
    if (isYesNo) add(fill(words['no'], { 1: named }), { not: { var: path } });
    if (!isYesNo) add(fill(words['answer'], { 1: named }), { var: path });
    add(fill(words['known'], { 1: named }), { known: path });
  }
}

/** By its name, and in the words for what holds or does not. */
function addTold(named: string, { expression, speaker: { words }, add }: { readonly expression: Expression; readonly speaker: Speaker; readonly add: (said: string, expression: Expression) => void }): void {
  add(named, expression);
  add(fill(words['holds'], { 1: named }), expression);
  add(fill(words['fails'], { 1: named }), { not: expression });
}

/** Every path that an expression may read here. */
function listPaths({ questions, findings, scope }: Speaker): readonly string[] {
  const parts = (path: string, type: string): readonly string[] => [path, ...(type === 'address' ? ADDRESS_PARTS.map((part) => `${path}.${part}`) : [])];
  const entries = [...questions.values()];
  return [
    ...entries.filter(({ group }) => group === '').flatMap(({ shape, question }) => parts(shape, question.type)),
    ...[...findings].flatMap(([step, index]) => [...index.values()].filter(({ group }) => group === '').flatMap(({ shape, question }) => parts(`${step}.${shape}`, question.type))),
    ...[...scope].flatMap(([name, list]) => [name, ...entries.filter(({ group }) => group === list).flatMap(({ shape, question }) => parts(`${name}.${shape.slice(list.length + 1)}`, question.type))]),
  ];
}
