import { line } from './line.js';

/** A line of text; the browser may fill in the applicant's own name. */
export const text = line({ isWords: true });
