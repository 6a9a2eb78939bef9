import type { Operators } from '../compiler.js';
import { COMPARISON_OPERATORS } from './comparison.js';
import { DATE_OPERATORS } from './dates.js';
import { LIST_OPERATORS } from './lists.js';
import { LOGIC_OPERATORS } from './logic.js';
import { READING_OPERATORS } from './reading.js';

/** What the conditions of a form are mostly said in: a browser loads the rest only for a form that uses it. */
export const FORM_OPERATORS: Operators = { ...READING_OPERATORS, ...COMPARISON_OPERATORS, ...LOGIC_OPERATORS, ...LIST_OPERATORS, ...DATE_OPERATORS };
