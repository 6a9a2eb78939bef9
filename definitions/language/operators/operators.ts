import type { Operators } from '../compiler.js';
import { ARITHMETIC_OPERATORS } from './arithmetic.js';
import { DAY_OPERATORS } from './counted-days.js';
import { FORM_OPERATORS } from './form-operators.js';
import { OUTSIDE_OPERATORS } from './outside.js';
import { TABLE_OPERATORS } from './tables.js';

/** The whole vocabulary. Nothing outside this list can be said. */
export const OPERATORS: Operators = { ...FORM_OPERATORS, ...OUTSIDE_OPERATORS, ...ARITHMETIC_OPERATORS, ...DAY_OPERATORS, ...TABLE_OPERATORS };
