import { line } from './line.js';

/** A telephone number. */
export const phone = line({ type: 'tel', width: 'short' });
