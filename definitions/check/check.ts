import type { Overlay, Programme, ProgrammeCase } from '#definitions/types/programme.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { findDisagreements } from './agreement.js';
import { findPoorQuestions } from './asking.js';
import { findUnsoundCalendar } from './calendar.js';
import { CAPS, findBeyondCaps } from './caps.js';
import { findContraryCase } from './cases.js';
import { findConflicts } from './conflicts.js';
import { findCircles, findConstants, findIllTyped } from './expressions.js';
import { findUnsoundFacts } from './facts.js';
import type { CheckFinding, Draft } from './finding.js';
import { findTurnedFigures } from './figures.js';
import { tell } from './finding.js';
import { findBrokenFlow } from './flow.js';
import { findUnsoundIndicators } from './indicators.js';
import { findPoorMessages } from './letters.js';
import { findUnlikelyFigures } from './likely.js';
import type { Neighbour } from './municipality-names.js';
import { OPERATOR_TYPES } from './operator-types.js';
import { findImpracticable } from './practice.js';
import { findUnfounded } from './provenance.js';
import { prune } from './prune.js';
import { findBrokenReferences } from './references.js';
import { findUnsoundSelection } from './selection.js';
import { findMisshapen } from './shape.js';
import { findUnsoundStock } from './stock.js';
import { findUnsoundSubject } from './subject.js';
import { findUnsoundTables } from './tables.js';
import { findPoorTexts } from './texts.js';
import { createTyping } from './typing.js';
import { findDeadlinesOnHolidays, findUnused } from './use.js';
import { findContraryWays } from './ways.js';
import { findContraryWindows } from './windows.js';

export type { CheckFinding, FindingCode } from './finding.js';
export { FINDING_CODES } from './finding.js';
export { readJsonSource } from './json-source.js';
export type { Neighbour } from './municipality-names.js';

export interface CheckOptions {
  /** Named in each finding; `programme.json` when absent. */
  readonly file?: string;
  /** Names that a text must not contain literally. */
  readonly municipalities?: readonly Neighbour[];
  /** Dates (yyyy-mm-dd) of national holidays. */
  readonly holidays?: readonly string[];
}

/**
 * Everything that is wrong or doubtful in a programme, in one run, in the order of the document. Caps first, so that
 * nothing else reads a hostile document; then its shape; then what it means, without the parts whose shape is wrong.
 */
export function checkProgramme(document: unknown, options: CheckOptions = {}): CheckFinding[] {
  const file = options.file ?? 'programme.json';
  const drafts = draftsOf(document, options);
  return drafts.slice(0, CAPS.findingsMax).map((draft) => tell(draft, file));
}

/** What a declaration may hold and no runtime carries out yet: a warning while writing, a refusal when publishing. */
const NOT_RUNNABLE: ReadonlySet<CheckFinding['code']> = new Set<CheckFinding['code']>(['selectionNotRunnable', 'calendarNotRunnable', 'stockNotRunnable', 'indicatorsNotRunnable', 'subjectNotRunnable', 'factNotRunnable']);

/** As `checkProgramme`, for whoever is about to publish: what this version cannot run is an error, by name. */
export function checkForPublication(document: unknown, options: CheckOptions = {}): CheckFinding[] {
  return checkProgramme(document, options).map((finding) => (NOT_RUNNABLE.has(finding.code) ? { ...finding, severity: 'error' } : finding));
}

function draftsOf(document: unknown, options: CheckOptions): readonly Draft[] {
  const beyond = findBeyondCaps(document);
  if (beyond.length > 0) return beyond;
  const misshapen = findMisshapen(document, 'programme.json');
  const { programme, damaged } = misshapen.length === 0 ? { programme: document as Programme, damaged: new Set<string>() } : prune(document, misshapen);
  if (misshapen.length > 0 && findMisshapen(programme, 'programme.json').length > 0) return misshapen;
  return [...misshapen, ...findUnsound(programme, { damaged, options })];
}

function findUnsound(programme: Programme, { damaged, options }: { damaged: ReadonlySet<string>; options: CheckOptions }): readonly Draft[] {
  const typing = createTyping(programme, { damaged, operators: OPERATOR_TYPES });
  findIllTyped(typing);
  const circles = findCircles(programme);
  const isSound = typing.found.length === 0 && circles.length === 0;
  return [
    ...findBrokenReferences(programme, damaged),
    ...typing.found,
    ...circles,
    ...findUnsoundTables(programme),
    ...findUnsoundSelection(programme, damaged),
    ...findUnsoundFacts(programme, damaged),
    ...findUnsoundSubject(programme, damaged),
    ...findUnsoundCalendar(programme, { damaged, holidays: new Set(options.holidays) }),
    ...findUnsoundStock(programme, damaged),
    ...findUnsoundIndicators(typing),
    ...findBrokenFlow(programme, damaged),
    ...(isSound ? findConstants(programme) : []),
    ...findPoorTexts(programme, options.municipalities ?? []),
    ...(damaged.size === 0 ? [...findUnused(typing), ...findDoubts(programme)] : []),
    ...findDeadlinesOnHolidays(programme, new Set(options.holidays)),
  ];
}

/** What a definition says in one place and not in another. Only of a whole one: what was pruned would be missing everywhere. */
function findDoubts(programme: Programme): readonly Draft[] {
  return [
    ...findPoorQuestions(programme),
    ...findPoorMessages(programme),
    ...findContraryWays(programme),
    ...findContraryWindows(programme),
    ...findUnfounded(programme),
    ...findTurnedFigures(programme),
    ...findDisagreements(programme),
    ...findConflicts(programme),
    ...findUnlikelyFigures(programme),
    ...findImpracticable(programme),
  ];
}

/** An overlay on its own, against its base, and the programme that comes out. */
export function checkOverlay(base: Programme, overlay: unknown, options: CheckOptions = {}): CheckFinding[] {
  const file = options.file ?? 'overlay.json';
  const early = [...findBeyondCaps(overlay)];
  const drafts = early.length > 0 ? early : findMisshapen(overlay, 'overlay.json');
  if (drafts.length > 0) return drafts.map((draft) => tell(draft, file));
  const applied = applyOverlay(base, overlay as Overlay);
  if ('findings' in applied) return applied.findings.map((finding) => tell(finding, file));
  const already = new Set(checkProgramme(base, options).map(({ code, pointer }) => `${code} ${pointer}`));
  return checkProgramme(applied.programme, options).filter(({ code, pointer }) => !already.has(`${code} ${pointer}`));
}

/** A file that could not be read as JSON, in the same words as every other finding. */
export function tellUnreadable(drafts: readonly Draft[], file: string): CheckFinding[] {
  return drafts.map((draft) => tell(draft, file));
}

/** A case of a programme: its shape, and against the programme the names, options and kinds of its answers; `cases` runs it. */
export function checkCase(example: unknown, options: CheckOptions & { readonly programme?: Programme } = {}): CheckFinding[] {
  const early = findBeyondCaps(example);
  const misshapen = early.length > 0 ? early : findMisshapen(example, 'programme-case.json');
  const drafts = misshapen.length > 0 || options.programme === undefined ? misshapen : findContraryCase(options.programme, example as ProgrammeCase);
  return drafts.map((draft) => tell(draft, options.file ?? 'case.json'));
}
