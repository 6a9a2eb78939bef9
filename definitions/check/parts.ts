import type { Draft, FindingCode } from './finding.js';
import { below } from './finding.js';

/** What the calendar, the stock and the indicators have in common: who keeps them, and lists of names. */
export interface Kept {
  readonly keptBy?: 'engine' | 'staff';
}

/** No version of the engine keeps the part: it is refused at publication by its name, unless the staff are said to keep it. */
export function keptDrafts({ keptBy }: Kept, { part, code }: { readonly part: string; readonly code: FindingCode }): readonly Draft[] {
  return [{ code: keptBy === 'staff' ? 'partKeptByStaff' : code, pointer: `/${part}`, params: { part } }];
}

interface Names {
  readonly noun: string;
  /** Of the list of names, or of the one name. */
  readonly pointer: string;
  readonly list: readonly { readonly id: string }[];
  /** Names that pruning took out: nobody is told that they are missing. */
  readonly damaged: ReadonlySet<string>;
}

/** One name that nothing declares. */
export function nameDrafts(name: string | undefined, { noun, pointer, list, damaged }: Names): readonly Draft[] {
  const isKnown = name === undefined || damaged.has(name) || list.some(({ id }) => id === name);
  return isKnown ? [] : [{ code: 'nameUnknown', pointer, params: { noun, name } }];
}

/** Names of a list that nothing declares. */
export function namesDrafts(names: readonly string[], given: Names): readonly Draft[] {
  return names.flatMap((name, position) => nameDrafts(name, { ...given, pointer: below(given.pointer, position) }));
}
