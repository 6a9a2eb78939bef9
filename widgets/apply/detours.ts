/**
 * Ways off the straight road, a piece of its own: what only those need who put their application aside, come back to it,
 * or are refused.
 */
export { refuse } from './refusal.js';
export { renderDetour } from './views/saved.js';
