import { line } from './line.js';

/** A social security number. */
export const amka = line({ mode: 'numeric', width: 'short' });
