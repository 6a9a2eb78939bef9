import type { Actor, DocumentState } from '#engine/contract/case.js';
import { requiredKinds } from './situation.js';
import type { EventOf, Move } from './steps/step-kind.js';
import { refuse, STAY } from './steps/step-kind.js';
import { documentTitle, missingKinds } from './message-fields.js';
import { dayText } from './texts/fill.js';
import type { Walk } from './walk.js';

type PaperEvent = EventOf<'documentAsked'> | EventOf<'documentProvided'> | EventOf<'documentJudged'>;

const NO_PAPER: DocumentState = { status: 'missing', documentIds: [] };

/** Papers can be asked for, brought and judged in every step of an open case. */
export function onPaper(walk: Walk, event: PaperEvent): Move {
  const kind = walk.context.prepared.programme.documents.find(({ id }) => id === event.payload.documentKind);
  if (!kind) return refuse('document.kindUnknown', { pointer: '/documentKind' });
  const before = own(walk.state.documents, kind.id) ?? NO_PAPER;
  switch (event.kind) {
    case 'documentAsked':
      keep(walk, kind.id, { ...before, status: 'asked', askedAt: walk.at, ...noteOf(event.payload.note) });
      tellAsked(walk, event);
      return STAY;
    case 'documentProvided':
      return provide(walk, { event, before, filesMax: kind.filesMax });
    case 'documentJudged':
      if (before.status !== 'provided' && before.status !== 'accepted' && !(before.status === 'refused' && event.payload.accepted)) {
        return refuse('document.notProvided', { pointer: '/documentKind' });
      }
      keep(walk, kind.id, { ...withoutNote(before), status: event.payload.accepted ? 'accepted' : 'refused', ...(event.payload.accepted ? {} : { askedAt: walk.at }), ...noteOf(event.payload.note) });
      if (!event.payload.accepted) tellAsked(walk, event);
      return STAY;
  }
}

function provide(walk: Walk, { event, before, filesMax }: { readonly event: EventOf<'documentProvided'>; readonly before: DocumentState; readonly filesMax: number }): Move {
  const given = [...new Set(event.payload.documentIds)];
  // At the counter a paper may be seen without being scanned; from outside it is always a file.
  if (given.length === 0 && event.actor.kind === 'citizen') return refuse('document.fileRequired', { pointer: '/documentIds' });
  if (before.status === 'accepted') return refuse('document.alreadyAccepted', { pointer: '/documentKind' });
  const kept = before.status === 'provided' ? before.documentIds.filter((id) => !given.includes(id)) : [];
  if (kept.length + given.length > filesMax) return refuse('document.tooManyFiles', { pointer: '/documentIds', params: { filesMax: String(filesMax) } });
  keep(walk, event.payload.documentKind, { ...withoutNote(before), status: 'provided', documentIds: [...kept, ...given] });
  return STAY;
}

/**
 * Kinds of paper that this person is asked for now: all that a documents step waits for; else those that an official has asked for
 * or sent back. What the case will need later is not asked yet, and what the flow has gone on without is asked no more.
 */
export function askedKinds(walk: Walk): readonly string[] {
  const missing = missingKinds(walk);
  if (walk.current()?.kind === 'documents') return missing;
  return missing.filter((kind) => {
    const document = own(walk.state.documents, kind);
    return document !== undefined && document.status !== 'missing' && !isPassedOver(walk, document.askedAt);
  });
}

/** Since it was asked, a documents step was left without it or the decision was taken. */
function isPassedOver(walk: Walk, askedAt: string | undefined): boolean {
  if (askedAt === undefined) return false;
  const { steps, decision } = walk.state;
  const left = Object.entries(steps).flatMap(([id, { leftAt }]) => (walk.stepById(id)?.kind === 'documents' && leftAt !== undefined ? [leftAt] : []));
  return [...left, ...(decision === undefined ? [] : [decision.decidedAt])].some((instant) => askedAt < instant);
}

/** The programme's own message for asking papers: of this step, else of the first step that has one. */
function tellAsked(walk: Walk, event: PaperEvent): void {
  const current = walk.current();
  const steps = walk.context.prepared.programme.flow.steps.filter((step) => step.kind === 'documents');
  const step = current?.kind === 'documents' ? current : steps.find(({ ask }) => ask !== undefined);
  if (step?.ask === undefined) return;
  const dueAt = step === current ? (walk.here()?.dueAt ?? null) : walk.dueAt(step.due, walk.at);
  const missing = documentTitle(walk, event.payload.documentKind);
  walk.send(step.ask, { key: `ask:${event.id}`, fields: { missing, ...(dueAt === null ? {} : { due: dayText(dueAt) }) } });
}

/** Papers that came with the application, or that a clerk saw and kept while filing it, count as provided. */
export function takeFiledPapers(walk: Walk, { papersSeen = [] }: Pick<Actor, 'papersSeen'>): void {
  const known = new Set(walk.context.prepared.programme.documents.map(({ id }) => id));
  for (const { kind, documentId } of walk.context.filedDocuments ?? []) {
    if (!known.has(kind)) continue;
    const before = own(walk.state.documents, kind) ?? NO_PAPER;
    keep(walk, kind, { ...before, status: 'provided', documentIds: [...new Set([...before.documentIds, documentId])] });
  }
  for (const kind of papersSeen) {
    if (known.has(kind)) keep(walk, kind, { ...(own(walk.state.documents, kind) ?? NO_PAPER), status: 'provided' });
  }
}

/** What the case needs changes with what becomes known: a new need is missing from now on, one that fell away was never asked. */
export function syncPapers(walk: Walk): void {
  const required = new Set(requiredKinds(walk.context, walk.state));
  const documents: Record<string, DocumentState> = {};
  for (const [kind, document] of Object.entries(walk.state.documents)) {
    if (document.status !== 'missing' || required.has(kind)) documents[kind] = document;
  }
  for (const kind of required) documents[kind] ??= NO_PAPER;
  walk.state.documents = documents;
}

function keep(walk: Walk, kind: string, document: DocumentState): void {
  walk.state.documents = { ...walk.state.documents, [kind]: document };
}

function own(documents: Readonly<Record<string, DocumentState>>, kind: string): DocumentState | undefined {
  return Object.hasOwn(documents, kind) ? documents[kind] : undefined;
}

function noteOf(note: string | undefined): { readonly note?: string } {
  return note === undefined || note.trim() === '' ? {} : { note };
}

function withoutNote({ note: _note, ...document }: DocumentState): DocumentState {
  return document;
}
