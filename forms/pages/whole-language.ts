import { OPERATORS } from '#definitions/language/operators/operators.js';
import { learnOperators } from './prepared.js';

/** Wherever this is imported, conditions may be said in all the words of the language. */
learnOperators(OPERATORS);
