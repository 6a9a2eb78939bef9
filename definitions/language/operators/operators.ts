import type { Operator } from '../compiler.js';
import { ARITHMETIC_OPERATORS } from './arithmetic.js';
import { FORM_OPERATORS } from './form-operators.js';
import { MOVED_DATE_OPERATORS } from './moved-dates.js';
import { OUTSIDE_OPERATORS } from './outside.js';
import { TABLE_OPERATORS } from './tables.js';

/** The whole vocabulary. Nothing outside this list can be said. */
export const OPERATORS: readonly Operator[] = [...FORM_OPERATORS, ...OUTSIDE_OPERATORS, ...ARITHMETIC_OPERATORS, ...MOVED_DATE_OPERATORS, ...TABLE_OPERATORS];
