import { line } from './line.js';

/** A Personal Number. */
export const personalNumber = line({ width: 'short' });
