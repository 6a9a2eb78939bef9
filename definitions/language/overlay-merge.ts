import type { Overlay, OverlaySetting, Programme } from '#definitions/types/programme.js';
import { canonicalise } from './canonical.js';
import type { OverlayFinding } from './overlay.js';
import { applyOverlay, findOverlayTarget, writeTarget } from './overlay.js';

/** Where a base's new version and a municipality's settings do not agree by themselves. */
export interface OverlayConflict {
  /** `baseChanged`: the base has another value now, which the setting still covers; somebody must look whether it should. */
  readonly code: OverlayFinding['code'] | 'baseChanged';
  readonly municipality: string;
  /** Noun, id and property; empty when it is about the overlay as a whole. */
  readonly target: string;
  /** Nothing comes out before it is mended; otherwise the setting stands until somebody changes it. */
  readonly isBlocking: boolean;
  /** What the base said, what it says now, what the municipality says; null: nothing. */
  readonly before: unknown;
  readonly after: unknown;
  readonly setting: unknown;
}

export interface MergedOverlay {
  /** The new base with the settings; absent while a conflict blocks. */
  readonly programme?: Programme;
  readonly conflicts: readonly OverlayConflict[];
}

/**
 * A base's new version under settings that were made for the earlier one. What nobody set comes from the new base; what
 * was set stays; where the two touch is listed. By name, never by position.
 * @param bases.reviewed the settings as they stood under the earlier base: those that were changed since are taken as looked at
 */
export function mergeOverlay(overlay: Overlay, bases: { readonly before: Programme; readonly after: Programme; readonly reviewed?: Overlay }): MergedOverlay {
  const applied = applyOverlay(bases.after, overlay);
  const blocking = 'findings' in applied ? applied.findings.map((finding) => blockingConflict(finding, { overlay, ...bases })) : [];
  const blocked = new Set(blocking.map(({ target }) => target));
  const hidden = overlay.set.flatMap((setting): readonly OverlayConflict[] => {
    const target = writeTarget(setting.target);
    const [before, after] = [valueIn(bases.before, setting), valueIn(bases.after, setting)];
    const isSame = write(before) === write(after) || write(after) === write(setting.value);
    if (isSame || blocked.has(target) || isReviewed(setting, bases.reviewed)) return [];
    return [{ code: 'baseChanged', municipality: overlay.municipality, target, isBlocking: false, before, after, setting: setting.value }];
  });
  return { ...('programme' in applied ? applied : {}), conflicts: [...blocking, ...hidden] };
}

function blockingConflict({ code, pointer }: OverlayFinding, { overlay, before, after }: { readonly overlay: Overlay; readonly before: Programme; readonly after: Programme }): OverlayConflict {
  const position = /^\/set\/(\d+)/.exec(pointer)?.[1];
  const setting = position === undefined ? undefined : overlay.set[Number(position)];
  const about = { code, municipality: overlay.municipality, isBlocking: true } as const;
  if (setting === undefined) return { ...about, target: '', before: before.id, after: after.id, setting: overlay.base };
  return { ...about, target: writeTarget(setting.target), before: valueIn(before, setting), after: valueIn(after, setting), setting: setting.value };
}

function valueIn(base: Programme, { target }: OverlaySetting): unknown {
  const place = findOverlayTarget(base, target);
  return place !== undefined && Object.hasOwn(place, target.property) ? place[target.property] : null;
}

/** Changed since the earlier base, or set after it. */
function isReviewed({ target, value }: OverlaySetting, reviewed: Overlay | undefined): boolean {
  if (reviewed === undefined) return false;
  const earlier = reviewed.set.find((candidate) => writeTarget(candidate.target) === writeTarget(target));
  return earlier === undefined || write(earlier.value) !== write(value);
}

function write(value: unknown): string {
  return canonicalise(value);
}
