import type { Programme, Selection } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

type Window = Selection['windows'][number];

/** Periods of a batch programme against its opening and against one another. */
export function findContraryWindows({ opening, selection, mode }: Programme): readonly Draft[] {
  if (mode !== 'batch' || selection === undefined) return [];
  const windows = selection.windows.map((window, position) => ({ window, pointer: `/selection/windows/${position}` }));
  const received = windows.filter(({ window }) => window.kind === 'applications');
  return [...openingDrafts(opening, received), ...digitDrafts(received), ...orderDrafts(windows)];
}

interface Placed {
  readonly window: Window;
  readonly pointer: string;
}

/** The catalogue shows the opening, the windows receive: both say the same days. */
function openingDrafts(opening: Programme['opening'], received: readonly Placed[]): readonly Draft[] {
  if (received.length === 0) return [{ code: 'openingDiffers', pointer: '/opening', params: { found: opening.from, expected: '–' } }];
  const from = received.map(({ window }) => window.from).sort()[0] ?? '';
  const until = received.map(({ window }) => window.until).sort().at(-1) ?? '';
  const drafts: Draft[] = [];
  if (opening.from !== from) drafts.push({ code: 'openingDiffers', pointer: '/opening/from', params: { found: opening.from, expected: from } });
  if (opening.until !== until) drafts.push({ code: 'openingDiffers', pointer: '/opening', params: { found: opening.until ?? '–', expected: until } });
  return drafts;
}

/** Windows that are staggered by the last digit of the AFM leave out nobody and take nobody twice. */
function digitDrafts(received: readonly Placed[]): readonly Draft[] {
  const staggered = received.filter(({ window }) => window.afmLastDigits !== undefined);
  const first = staggered[0];
  if (first === undefined) return [];
  const digits = staggered.flatMap(({ window }) => window.afmLastDigits ?? []);
  const wrong = Array.from({ length: 10 }, (_, digit) => digit).filter((digit) => digits.filter((each) => each === digit).length !== 1);
  return wrong.length === 0 ? [] : [{ code: 'digitsUneven', pointer: below(first.pointer, 'afmLastDigits'), params: { digits: wrong.join(', ') } }];
}

/** What follows in the list follows in time; objections come when applications are over. */
function orderDrafts(windows: readonly Placed[]): readonly Draft[] {
  return windows.flatMap(({ window, pointer }, position): readonly Draft[] => {
    const before = windows[position - 1]?.window;
    return before !== undefined && window.from < before.from ? [{ code: 'windowsOrder', pointer: below(pointer, 'from'), params: { from: window.from, before: before.from } }] : [];
  });
}
