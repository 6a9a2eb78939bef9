import { line } from './line.js';

/** A whole number. Not `type="number"`: it scrolls away, and hides what it cannot read. */
export const number = line({ mode: 'numeric', width: 'short' });
