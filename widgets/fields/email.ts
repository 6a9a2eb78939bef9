import { line } from './line.js';

/** An e-mail address. */
export const email = line({ type: 'email' });
