import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateExpression, prepareProgramme } from '#definitions/language/programme.js';
import type { Answers, Outcome, Situation, Value } from '#definitions/language/programme.js';
import type { Expression, Programme, Question, Rule, Text } from '#definitions/types/programme.js';

const LATIN: { readonly [letter: string]: string } = { α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' };

/** A text whose English is the Greek in Latin letters: nobody reads it, and the check sees two languages. */
export function text(words: string): Text {
  const plain = words.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return { el: words, en: [...plain].map((letter) => LATIN[letter.toLowerCase()] ?? letter).join('') };
}

export function question(id: string, type: Question['type'], rest: Partial<Question> = {}): Question {
  return { id, type, label: text(id), purpose: text('Χρειάζεται.'), ...rest };
}

export function rule(id: string, condition: Expression, rest: Partial<Rule> = {}): Rule {
  return { id, title: text(id), condition, severity: 'blocking', reason: { false: text(`όχι ${id}`) }, legalBasis: 'ΚΥΑ 1/2026', ...rest };
}

/** The questions that most examples need. */
export const QUESTIONS: readonly Question[] = [
  question('income', 'money', { min: 0, max: 100_000_000 }),
  question('size', 'number', { min: 1, max: 20 }),
  question('born', 'date'),
  question('single', 'yesNo'),
  question('housing', 'choice', { options: [{ value: 'own', label: text('own') }, { value: 'rent', label: text('rent') }] }),
  question('rent', 'money', { max: 1_000_000, visible: { '==': [{ var: 'housing' }, 'rent'] } }),
  question('nick', 'text', { optional: true, lengthMax: 100 }),
  question('tags', 'choices', { options: [{ value: 'a', label: text('a') }, { value: 'b', label: text('b') }] }),
  question('home', 'address'),
  question('household', 'repeat', {
    itemsMax: 20,
    items: [
      question('age', 'number', { min: 0, max: 120 }),
      question('works', 'yesNo', { visible: { '>=': [{ var: 'item.age' }, 15] } }),
      question('pay', 'money', { min: 0, max: 100_000_000 }),
      question('birth', 'date'),
    ],
  }),
];

/** A programme that checks without a finding, for tests to change one thing in. */
export function smallProgramme(changes: Partial<Programme> = {}): Programme {
  return {
    schemaVersion: '1',
    id: 'small',
    title: text('Μικρό'),
    summary: text('Δοκιμή.'),
    mode: 'rolling',
    category: 'help',
    legalBasis: ['ΚΥΑ 1/2026'],
    opening: { from: '2026-01-05' },
    contact: { phone: '210 0000000' },
    before: text('Έχετε τα χαρτιά σας.'),
    nextSteps: text('Σας απαντούμε.'),
    form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...QUESTIONS] }] },
    documents: [],
    parameters: [],
    tables: [],
    facts: [],
    computed: [],
    rules: [],
    flow: {
      start: 'look',
      stages: [{ id: 'open', title: text('Ανοικτή') }],
      steps: [
        { kind: 'check', id: 'look', title: text('Έλεγχος'), stage: 'open', citizenText: text('Ελέγχουμε.'), next: { eligible: 'done', ineligible: 'done', undecided: 'done' } },
        { kind: 'end', id: 'done', title: text('Τέλος'), stage: 'open', citizenText: text('Τέλος.'), outcome: 'completed' },
      ],
    },
    messages: [],
    holidays: [],
    overlayable: [],
    ...changes,
  };
}

export const AS_OF = '2026-03-15';

/** One expression over the small programme's answers. */
export function evaluate(expression: unknown, answers: Answers = {}, rest: Partial<Situation> & { programme?: Partial<Programme> } = {}): Outcome {
  const { programme, ...situation } = rest;
  return evaluateExpression(prepareProgramme(smallProgramme(programme), { version: 'test' }), expression, { asOf: AS_OF, answers, ...situation });
}

export function known(value: Value): Outcome {
  return { known: true, value };
}

export function missing(...paths: readonly string[]): Outcome {
  return { known: false, because: 'missing', paths };
}

export function because(kind: Extract<Outcome, { known: false }>['because'], ...paths: readonly string[]): Outcome {
  return { known: false, because: kind, paths };
}

export function schemaOf(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../definitions/schemas', name), 'utf8'));
}
