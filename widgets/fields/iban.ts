import { line } from './line.js';

/** A bank account. */
export const iban = line({});
