import { actions } from './el/actions.js';
import { cases } from './el/cases.js';
import { filing } from './el/filing.js';
import { frame } from './el/frame.js';
import { history } from './el/history.js';
import { incidents } from './el/incidents.js';
import { lists } from './el/lists.js';

/** Every sentence of the desk, in Greek. */
export const el = { ...frame, ...lists, ...incidents, ...cases, ...history, ...actions, ...filing };

export type DeskTextKey = keyof typeof el;
