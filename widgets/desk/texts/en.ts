import { actions } from './en/actions.js';
import { cases } from './en/cases.js';
import { filing } from './en/filing.js';
import { frame } from './en/frame.js';
import { history } from './en/history.js';
import { incidents } from './en/incidents.js';
import { lists } from './en/lists.js';
import type { DeskTextKey } from './el.js';

/** Every sentence of the desk, in English. */
export const en: Readonly<Record<DeskTextKey, string>> = { ...frame, ...lists, ...incidents, ...cases, ...history, ...actions, ...filing };
