import type { ProgrammeIndex } from './compiler.js';
import { findQuestion } from './question-index.js';

/** Does this expression give money? By the declared type of what it reads, wherever it reads it. */
export function isMoney(expression: unknown, index: ProgrammeIndex): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  if (Array.isArray(expression)) return expression.some((part) => isMoney(part, index));
  return Object.entries(expression).some(([name, argument]: [string, unknown]) => {
    if (name === 'param' && typeof argument === 'string') return index.parameters.get(argument)?.unit === 'cents';
    if ((name === 'computed' || name === 'fact') && typeof argument === 'string') return index.money.has(`${name}:${argument}`);
    if (name === 'var' && typeof argument === 'string') return isMoneyPath(argument, index);
    return COUNTS.includes(name) ? false : isMoney(argument, index);
  });
}

const COUNTS = ['count', 'length', 'ageAt', 'monthsBetween', 'daysBetween', 'band', 'lookup'];

function isMoneyPath(path: string, { questions }: ProgrammeIndex): boolean {
  const entry = findQuestion(questions, path);
  if (entry !== undefined) return entry.question.type === 'money';
  const [, ...rest] = path.split('.');
  const property = rest.join('.');
  return property !== '' && [...questions.values()].some((question) => question.shape.endsWith(`.${property}`) && question.question.type === 'money');
}
