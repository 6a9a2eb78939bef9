import type { Operator } from '../compiler.js';
import { ARITHMETIC_OPERATORS } from './arithmetic.js';
import { COMPARISON_OPERATORS } from './comparison.js';
import { DATE_OPERATORS } from './dates.js';
import { LIST_OPERATORS } from './lists.js';
import { LOGIC_OPERATORS } from './logic.js';
import { READING_OPERATORS } from './reading.js';
import { TABLE_OPERATORS } from './tables.js';

/** The whole vocabulary. Nothing outside this list can be said. */
export const OPERATORS: readonly Operator[] = [
  ...READING_OPERATORS,
  ...COMPARISON_OPERATORS,
  ...LOGIC_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...LIST_OPERATORS,
  ...DATE_OPERATORS,
  ...TABLE_OPERATORS,
];
