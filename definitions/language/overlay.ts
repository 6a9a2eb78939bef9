import type { Overlay, OverlaySetting, OverlayTarget, Overlayable, Programme, Question } from '#definitions/types/programme.js';

/** Why an overlay does not fit its base. Texts live with the check, under the same codes. */
export interface OverlayFinding {
  readonly code: 'overlayBaseMismatch' | 'overlayLocked' | 'overlayTargetMissing' | 'overlayOutOfBounds' | 'overlayRepeated';
  /** JSON pointer into the overlay. */
  readonly pointer: string;
  readonly params: { readonly [name: string]: string };
}

/**
 * The base with one municipality's settings. Things are addressed by noun, id and property, never by position; only what
 * the base declares `overlayable`, within its bounds, may be set. All findings at once.
 */
export function applyOverlay(base: Programme, overlay: Overlay): { readonly programme: Programme } | { readonly findings: readonly OverlayFinding[] } {
  const findings = findingsOf(base, overlay);
  if (findings.length > 0) return { findings };
  const programme = { ...structuredCopy(base), municipality: overlay.municipality };
  for (const setting of overlay.set) {
    const target = findOverlayTarget(programme, setting.target);
    if (target !== undefined) target[setting.target.property] = structuredCopy(setting.value);
  }
  return { programme };
}

/** Two overlays' addresses are the same when noun, id and property are. */
export function writeTarget({ noun, id, property }: OverlayTarget): string {
  return id === undefined ? `${noun}.${property}` : `${noun} ${id}.${property}`;
}

function findingsOf(base: Programme, overlay: Overlay): readonly OverlayFinding[] {
  const findings: OverlayFinding[] = [];
  if (overlay.base !== base.id) findings.push({ code: 'overlayBaseMismatch', pointer: '/base', params: { found: overlay.base, expected: base.id } });
  const seen = new Set<string>();
  overlay.set.forEach((setting, position) => {
    const target = writeTarget(setting.target);
    if (seen.has(target)) findings.push({ code: 'overlayRepeated', pointer: `/set/${position}/target`, params: { target } });
    seen.add(target);
    const finding = findingOf(base, setting);
    if (finding !== undefined) findings.push({ ...finding, pointer: `/set/${position}/${finding.pointer}` });
  });
  return findings;
}

function findingOf(base: Programme, { target, value }: OverlaySetting): OverlayFinding | undefined {
  const address = writeTarget(target);
  const allowed = base.overlayable.find((candidate) => writeTarget(candidate.target) === address);
  if (allowed === undefined) return { code: 'overlayLocked', pointer: 'target', params: { target: address } };
  if (findOverlayTarget(base, target) === undefined) return { code: 'overlayTargetMissing', pointer: 'target', params: { target: address } };
  const outside = figuresOf(value).find((figure) => isOutside(figure, allowed));
  if (outside === undefined) return undefined;
  const bound = (limit: number | undefined): string => (limit === undefined ? '–' : String(limit));
  return { code: 'overlayOutOfBounds', pointer: 'value', params: { target: address, found: String(outside), min: bound(allowed.min), max: bound(allowed.max) } };
}

function isOutside(figure: number, { min, max }: Overlayable): boolean {
  return figure < (min ?? -Infinity) || figure > (max ?? Infinity);
}

/** The figures that a bound is about: a number, the values of a dated parameter or table, the days of a due, the amounts of an allotment. */
function figuresOf(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(figuresOf);
  if (typeof value !== 'object' || value === null) return [];
  return ['value', 'days', 'amount', 'contents'].flatMap((name) => (Object.hasOwn(value, name) ? figuresOf((value as Record<string, unknown>)[name]) : []));
}

/** Names that would reach a prototype are never a property of a definition. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

export function findOverlayTarget(programme: Programme, { noun, id, property }: OverlayTarget): Record<string, unknown> | undefined {
  if (FORBIDDEN.includes(property)) return undefined;
  const lists: { readonly [noun in OverlayTarget['noun']]: readonly { readonly id: string }[] | object } = {
    programme,
    contact: programme.contact,
    calendar: programme,
    parameter: programme.parameters,
    table: programme.tables,
    message: programme.messages,
    step: programme.flow.steps,
    question: programme.form.pages.flatMap((page) => questionsOf(page.questions)),
    document: programme.documents,
    place: programme.calendar?.places ?? [],
    resource: programme.calendar?.resources ?? [],
    appointment: programme.calendar?.appointments ?? [],
    walkIn: programme.calendar?.walkIns ?? [],
    commodity: programme.stock?.commodities ?? [],
    kit: programme.stock?.kits ?? [],
    allotment: programme.stock?.allotments ?? [],
    round: programme.stock?.rounds ?? [],
    figure: programme.indicators?.figures ?? [],
  };
  if (!Object.hasOwn(lists, noun)) return undefined;
  const place = lists[noun];
  const target = Array.isArray(place) ? place.find((candidate: { readonly id: string }) => candidate.id === id) : place;
  return target as Record<string, unknown> | undefined;
}

function questionsOf(questions: readonly Question[]): readonly Question[] {
  return questions.flatMap((question) => [question, ...questionsOf(question.items ?? [])]);
}

function structuredCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
