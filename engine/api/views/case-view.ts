/** A case as staff and as its owner see it. What is not listed here leaves the engine for nobody. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programme } from '#definitions/types/programme.js';
import type { CaseFileView, CaseMemory, CaseSummaryView, CitizenCase, DecisionView, DocumentView, Localised, StatusView, TaskView, TrackAnswer } from '#definitions/types/wire.js';
import type { CaseEventKind, CaseState, CaseStatus, DecisionState } from '#engine/contract/case.js';
import type { CaseFile, CaseSummary, StoredDocument, TaskRow } from '#engine/contract/rooms.js';
import { taskRights } from '#engine/access/permissions.js';
import type { TaskReader } from '#engine/access/permissions.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { localised } from './localised.js';

type TimelineKey = Exclude<CaseEventKind, 'documentJudged'> | 'documentAccepted' | 'documentRefused';
const TIMELINE = JSON.parse(readFileSync(join(packageRoot(), 'engine/api/views/texts/timeline.json'), 'utf8')) as Readonly<Partial<Record<TimelineKey, Localised>>>;

/** The programme a case is pinned to, and the name of its municipality for the texts. */
export interface CaseSetting {
  readonly programme: Programme;
  readonly municipalityName: Localised;
}

export function viewStatus(status: CaseStatus): StatusView {
  return {
    stage: status.stage,
    stageTitle: localised(status.stageTitle),
    stepTitle: localised(status.stepTitle),
    holder: { ...status.holder },
    sentence: localised(status.sentence),
    missing: status.missing.map(({ documentKind, title, note }) => ({ documentKind, title: localised(title), ...(note === undefined ? {} : { note }) })),
    next: localised(status.next),
    ...(status.dueAt === undefined ? {} : { dueAt: status.dueAt }),
    closed: status.closed,
  };
}

export function viewSummary(summary: CaseSummary): CaseSummaryView {
  const { caseId, protocolNumber, programmeId, programmeTitle, applicantName, filedAt, status, version } = summary;
  return { caseId, protocolNumber, programmeId, programmeTitle: localised(programmeTitle), applicantName, filedAt, status: viewStatus(status), version };
}

export function viewTask(task: TaskRow, reader: TaskReader): TaskView {
  const { taskId, taskKey, stepId, role, title, dueAt, claimedBy, openedAt, summary } = task;
  return {
    taskId, taskKey, stepId, role, title: localised(title), openedAt,
    ...(dueAt === undefined ? {} : { dueAt }),
    claimed: claimedBy !== undefined,
    claimedByMe: claimedBy === reader.account,
    ...taskRights(task, reader),
    summary: viewSummary(summary),
  };
}

export function viewDocument({ documentId, kind, name, mediaType, sizeBytes, state }: StoredDocument): DocumentView {
  return { documentId, kind, name, mediaType, sizeBytes, state };
}

const NOTHING: Localised = { el: '', en: '' };

export interface StaffReading extends TaskReader {
  readonly decision: unknown;
  readonly actions: readonly CaseEventKind[];
}

export function viewCaseFile(file: CaseFile, { account, roles, decision, actions }: StaffReading): CaseFileView {
  return {
    summary: viewSummary(file),
    hash: file.hash,
    filedHash: file.filedHash,
    answers: { ...file.answers },
    actor: { ...file.actor },
    channel: file.channel,
    state: viewMemory(file.state as CaseState | null),
    documents: file.documents.map(viewDocument),
    history: file.history.map((entry) => ({ ...entry, actor: { ...entry.actor }, payload: { ...(entry.payload as object | null) } })),
    tasks: file.tasks.map((task) => viewTask({ ...task, summary: task.summary }, { account, roles })),
    effects: file.effects.map((effect) => ({ ...effect })),
    decision: { ...(decision as object) },
    actions: [...actions],
  };
}

const UNTOUCHED: CaseMemory = { status: 'open', currentStep: '', documents: {}, findings: {}, parts: [], incidents: [] };

/** What people work with of a case's memory; timers, calls and visits of steps are the kernel's own business. */
function viewMemory(state: CaseState | null): CaseMemory {
  if (state === null) return UNTOUCHED;
  const { status, outcome, currentStep, documents, findings, decision, parts, incidents, escalatedTo, facts, lookups, versions } = state;
  return {
    status, currentStep,
    ...(outcome === undefined ? {} : { outcome }),
    documents: Object.fromEntries(Object.entries(documents).map(([kind, paper]) => [kind, { ...paper, documentIds: [...paper.documentIds] }])),
    findings: { ...findings },
    ...(decision === undefined ? {} : { decision: viewDecided(decision) }),
    parts: parts.map((part) => ({ ...part, title: localised(part.title) })),
    incidents: incidents.map((incident) => ({ ...incident })),
    ...(facts === undefined ? {} : { facts: mapped(facts, ({ value, at, from, note }) => ({ value, at, from, ...(note === undefined ? {} : { note }) })) }),
    ...(lookups === undefined
      ? {}
      : { lookups: mapped(lookups, ({ role, escalatedTo: passedTo, askedAt, dueAt, closedAt }) => ({ role: passedTo ?? role, askedAt, ...(dueAt === undefined ? {} : { dueAt }), ...(closedAt === undefined ? {} : { closedAt }) })) }),
    ...(versions === undefined
      ? {}
      : { versions: versions.map(({ eventId, publicationId, published, publishedAt, hash, at, stage, adopted, kept }) => ({ eventId, publicationId, published, publishedAt, hash, at, stage, adopted: adopted.map((each) => ({ ...each })), kept: kept.map((each) => ({ ...each })) })) }),
    ...(escalatedTo === undefined ? {} : { escalatedTo }),
  };
}

function viewDecided({ facts, ...decision }: DecisionState): NonNullable<CaseMemory['decision']> {
  return {
    ...decision,
    reasons: { ...decision.reasons },
    ...(facts === undefined ? {} : { facts: mapped(facts, ({ value, at, from }) => ({ value, at, from })) }),
    appealText: localised(decision.appealText),
    appealAuthority: localised(decision.appealAuthority),
  };
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** What the owner sees: no names of staff, no notes among staff, no answers (they are hers, and may be read over a shoulder). */
export function viewCitizenCase(file: CaseFile, setting: CaseSetting): CitizenCase {
  const { programme, municipalityName } = setting;
  const state = file.state as CaseFile['state'] | null;
  const places = { municipality: municipalityName };
  return {
    protocolNumber: file.protocolNumber,
    programmeTitle: localised(programme.title, places),
    filedAt: file.filedAt,
    version: file.version,
    status: viewStatus(file.status),
    documents: programme.documents
      .filter(({ id }) => state?.documents[id] !== undefined)
      .map((kind) => {
        const known = state?.documents[kind.id];
        return {
          kind: kind.id,
          title: localised(kind.title, places),
          ...(kind.hint === undefined ? {} : { hint: localised(kind.hint, places) }),
          status: known?.status ?? 'missing',
          ...(known?.note === undefined ? {} : { note: known.note }),
          acceptedTypes: [...kind.acceptedTypes],
          sizeBytesMax: kind.sizeBytesMax,
        };
      }),
    ...(state?.decision === undefined ? {} : { decision: viewDecision(state.decision, setting) }),
    instalments: (state?.parts ?? []).map(({ partId, title, amountCents, dueAt, paidOn, reference }) => ({
      partId, title: localised(title, places), amountCents, dueAt,
      ...(paidOn === undefined ? {} : { paidOn }),
      ...(reference === undefined ? {} : { reference }),
    })),
    timeline: timelineOf(file, setting),
    contact: viewContact(setting),
  };
}

export function viewDecision(decision: DecisionState, { programme, municipalityName }: CaseSetting): DecisionView {
  const places = { municipality: municipalityName };
  const { approved, decidedAt, awardCents, reasons, legalBasis, appealText, appealAuthority, appealUntil, note } = decision;
  const serverOnly = new Set(programme.rules.filter((rule) => rule.serverOnly === true).map(({ id }) => id));
  return {
    approved, decidedAt, legalBasis, appealUntil,
    ...(awardCents === undefined ? {} : { awardCents }),
    reasons: reasons.rules
      .filter(({ id }) => !serverOnly.has(id))
      .map(({ id, title, value, severity, reason, legalBasis: basis, read }) => ({ ruleId: id, title: localised(title, places), value, severity, reason: withOrigins(localised(reason, places), read), legalBasis: basis })),
    amounts: programme.computed.flatMap(({ id, title, type, visible }) => {
      const cents = reasons.computed[id];
      return visible === true && type === 'money' && typeof cents === 'number' ? [{ id, title: localised(title, places), cents }] : [];
    }),
    appealText: localised(appealText, places),
    appealAuthority: localised(appealAuthority, places),
    ...(note === undefined ? {} : { note }),
  };
}

export function viewContact({ programme, municipalityName }: CaseSetting): CitizenCase['contact'] {
  const { phone, email, place, hours } = programme.contact;
  const places = { municipality: municipalityName };
  return {
    phone,
    ...(email === undefined ? {} : { email }),
    ...(place === undefined ? {} : { place: localised(place, places) }),
    ...(hours === undefined ? {} : { hours: localised(hours, places) }),
  };
}

function timelineOf(file: CaseFile, { programme }: CaseSetting): CitizenCase['timeline'] {
  const first = { at: file.filedAt, text: TIMELINE.filed ?? { el: '', en: '' } };
  const state = file.state as CaseFile['state'] | null;
  const rest = file.history.flatMap(({ eventId, kind, at, payload, accepted }) => {
    const told = payload as { readonly documentKind?: string; readonly accepted?: boolean; readonly factId?: string } | null;
    const key: TimelineKey = kind === 'documentJudged' ? (told?.accepted === true ? 'documentAccepted' : 'documentRefused') : kind;
    const text = TIMELINE[key];
    if (!accepted || text === undefined || kind === 'filed') return [];
    // Of a version that brought this case nothing, its owner need not hear.
    if (kind === 'versionPublished' && state?.versions?.some((taken) => taken.eventId === eventId && taken.adopted.length > 0) !== true) return [];
    const document = programme.documents.find(({ id }) => id === told?.documentKind)?.title;
    const fact = programme.facts.find(({ id }) => id === told?.factId);
    const places = {
      ...(document === undefined ? {} : { document: localised(document) }),
      ...(fact === undefined ? {} : { fact: localised(fact.title), source: { el: fact.source, en: fact.source } }),
    };
    return [{ at, text: localised(text, places) }];
  });
  return [first, ...[...rest, ...looksAtRegisters(file, programme)].sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0))];
}

/** That a register was looked at, which and when; never what else it holds. What an official recorded is told by the same words. */
function looksAtRegisters({ state, history }: CaseFile, { facts }: Programme): CitizenCase['timeline'] {
  const text = TIMELINE.factRecorded ?? NOTHING;
  const recorded = new Set(history.filter(({ kind, accepted }) => kind === 'factRecorded' && accepted).map(({ at }) => at));
  return Object.entries((state as CaseState | null)?.facts ?? {}).flatMap(([factId, fact]) => {
    const declared = facts.find(({ id }) => id === factId);
    if (declared === undefined) return [];
    const words = { fact: localised(declared.title), source: { el: declared.source, en: declared.source } };
    const looks = [...(fact.before ?? []), fact].filter(({ at }) => !recorded.has(at));
    return looks.map(({ at }) => ({ at, text: localised(text, words) }));
  });
}

/** The register that told a fact, and the day, after the reason that rests on it. */
function withOrigins(reason: Localised, read: DecisionState['reasons']['rules'][number]['read']): Localised {
  const origins = read.flatMap((each) => ('fact' in each && each.source !== undefined && each.on !== undefined ? [`${each.source}, ${each.on.split('-').reverse().join('/')}`] : []));
  if (origins.length === 0) return reason;
  return Object.fromEntries(Object.entries(reason).map(([language, words]) => [language, `${words} (${origins.join(' · ')})`])) as unknown as Localised;
}

/** Stage and dates, nothing personal: for whoever has no more than the code. */
export function viewTrackAnswer(found: { readonly protocolNumber: string; readonly filedAt: string; readonly status: CaseStatus; readonly hasEmail: boolean; readonly hasPhone: boolean }): TrackAnswer {
  const { protocolNumber, filedAt, status, hasEmail, hasPhone } = found;
  return {
    protocolNumber,
    filedAt,
    stageTitle: localised(status.stageTitle),
    closed: status.closed,
    ...(status.dueAt === undefined ? {} : { dueAt: status.dueAt }),
    channels: [...(hasEmail ? (['email'] as const) : []), ...(hasPhone ? (['sms'] as const) : [])],
  };
}
