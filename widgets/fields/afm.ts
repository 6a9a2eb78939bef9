import { line } from './line.js';

/** A tax number. */
export const afm = line({ mode: 'numeric', width: 'short' });
