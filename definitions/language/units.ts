import type { Programme } from '#definitions/types/programme.js';
import { findQuestion, indexForm } from './question-index.js';
import type { QuestionIndex } from './question-index.js';

/** What giving an expression its unit needs to know. */
export interface UnitNames {
  readonly questions: QuestionIndex;
  /** `param:<id>`, `computed:<id>` and `fact:<id>` of those that are money. */
  readonly money: ReadonlySet<string>;
}

export function moneyNames(programme: Programme): ReadonlySet<string> {
  return new Set([
    ...programme.parameters.filter(({ unit }) => unit === 'cents').map(({ id }) => `param:${id}`),
    ...programme.computed.filter(({ type }) => type === 'money').map(({ id }) => `computed:${id}`),
    ...programme.facts.filter(({ type }) => type === 'money').map(({ id }) => `fact:${id}`),
  ]);
}

/** Operators that give what their operands are, and the operands that count: the condition of an `if` compares, and gives none. */
const CARRIERS = ['if', '+', '-', '*', 'min', 'max', 'divRound', 'sum', 'of', 'value'];

/** Does this expression give money? By the declared type of what it reads. */
export function isMoney(expression: unknown, names: UnitNames): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  if (Array.isArray(expression)) return expression.some((part) => isMoney(part, names));
  return Object.entries(expression).some(([name, argument]: [string, unknown]) => {
    if (typeof argument === 'string') return name === 'var' ? isMoneyPath(argument, names) : names.money.has(`${name}:${argument}`);
    return CARRIERS.includes(name) && isMoney(argument, names);
  });
}

/** Of an element's property only the last names are known here: `member.income` is money if any group's `income` is. */
function isMoneyPath(path: string, { questions }: UnitNames): boolean {
  const entry = findQuestion(questions, path);
  if (entry !== undefined) return entry.question.type === 'money';
  const property = path.split('.').slice(1).join('.');
  return property !== '' && [...questions.values()].some(({ shape, question }) => shape.endsWith(`.${property}`) && question.type === 'money');
}

/** The same without a prepared programme, for printing. */
export function isMoneyIn(expression: unknown, programme: Programme): boolean {
  return isMoney(expression, { questions: indexForm(programme), money: moneyNames(programme) });
}
