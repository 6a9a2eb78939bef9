import { hash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { canonicalise } from '#definitions/language/canonical.js';
import type { DocumentKind, Programme } from '#definitions/types/programme.js';
import type { FileApplication, ProblemFinding, ReceiptView, SubmitApplication } from '#definitions/types/wire.js';
import { checkAnswers, readSubject, stripHidden } from '#forms/answers/answers.js';
import type { Actor, Answers } from '#engine/contract/case.js';
import type { Draft, Receipt, StoredDocument, SubmitInput } from '#engine/contract/rooms.js';
import { keyedHash, randomNonce, trackingCodeOf } from '#engine/access/codes.js';
import { STAFF_PERMISSIONS } from '#engine/access/permissions.js';
import { filedStatus } from '#engine/decide/status.js';
import { filesOfAnswers, missingPapers } from '../documents/papers.js';
import { judgePaper } from '../documents/receiving.js';
import { moveAnswers } from '../draft-changes.js';
import { draftHashOf, idempotencyKeyOf } from '../plugins/access.js';
import { answerFindings } from '../problems/answers.js';
import type { ProblemInput } from '../problems/problem.js';
import { finding, refuse, refuseWith } from '../problems/problem.js';
import { todayInAthens } from '../today.js';
import { localised } from '../views/localised.js';
import { viewContact } from '../views/case-view.js';
import type { KnownVersion } from '../versions.js';
import { MUNICIPALITY } from './paths.js';
import type { RouteParts } from './route-parts.js';

interface Place {
  readonly municipality: string;
}

/** One application, as citizen and clerk hand it in. */
interface Filing {
  readonly municipality: string;
  readonly body: SubmitApplication | FileApplication;
  readonly key: string;
  readonly actor: Actor;
  readonly channel: 'web' | 'desk';
  /** `null` when there is none, or it is no longer there. */
  readonly draft: Draft | null;
  /** Files that may come with it: of the draft, or announced by the clerk. */
  readonly documents: readonly StoredDocument[];
  /** Papers that may come later although the programme asks for them now. */
  readonly documentsMissing: readonly string[];
  /** The answers as the version in force takes them, when they were given to an earlier one. */
  readonly moved?: Answers;
  /** Already known to be refused, unless this key has been filed before. */
  readonly refused?: ProblemInput;
}

/** Filing. A repeat with the same key hears the same receipt, whatever has changed since: it is looked for before any refusal. */
export function addApplicationRoutes(app: FastifyInstance, parts: RouteParts): void {
  app.post<{ Params: Place; Body: SubmitApplication }>(
    '/api/v1/municipalities/:municipality/applications',
    {
      config: { access: { who: 'anyone' } },
      schema: { tags: ['applications'], summary: 'Submit; with a draft also `Authorization: Draft <resume code>`', params: MUNICIPALITY, body: { $ref: 'SubmitApplication#' }, response: { 201: { $ref: 'ReceiptView#' } } },
    },
    async (request, reply) => {
      const { municipality } = request.params;
      const resumeCodeHash = draftHashOf(request, parts);
      const draft = resumeCodeHash === null ? null : await parts.register.readDraft({ municipality, resumeCodeHash });
      const onBehalf = request.body.actor?.onBehalf;
      const actor: Actor = { kind: 'citizen', ...(onBehalf === undefined ? {} : { onBehalf }) };
      const filing: Filing = { municipality, body: request.body, key: idempotencyKeyOf(request), actor, channel: 'web', draft, documents: draft?.documents ?? [], documentsMissing: [] };
      if (onBehalf === 'desk') return refuse(reply, { code: 'request.invalid', findings: [finding({ code: 'shape.choice', pointer: '/actor/onBehalf', params: { expected: 'relative' } })] });
      const draftLost = request.headers.authorization !== undefined && draft === null;
      return file(reply, parts, draftLost ? { ...filing, refused: { code: 'draft.unknown' } } : filing);
    },
  );

  app.post<{ Params: Place; Body: FileApplication }>(
    '/api/v1/staff/:municipality/applications',
    {
      config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.fileApplication } },
      schema: { tags: ['staff'], summary: 'File for a person at the counter', params: MUNICIPALITY, body: { $ref: 'FileApplication#' }, response: { 201: { $ref: 'ReceiptView#' } } },
    },
    async (request, reply) => file(reply, parts, await deskFiling(request, parts)),
  );
}

async function deskFiling(request: FastifyRequest<{ Params: Place; Body: FileApplication }>, { register }: RouteParts): Promise<Filing> {
  const { staff, body, params: { municipality } } = request;
  const role = staff?.roles.find((held) => STAFF_PERMISSIONS.fileApplication.some((allowed) => allowed === held));
  const seen = body.documentsSeen ?? [];
  const actor: Actor = {
    kind: 'staff',
    onBehalf: body.onBehalf ?? 'desk',
    ...(staff ? { account: staff.account } : {}),
    ...(role ? { role } : {}),
    ...(seen.length === 0 ? {} : { papersSeen: seen }),
  };
  const documents = body.documentIds.length === 0 ? [] : await register.readLooseDocuments({ municipality, documentIds: body.documentIds, account: staff?.account ?? '' });
  return { municipality, body, key: idempotencyKeyOf(request), actor, channel: 'desk', draft: null, documents, documentsMissing: body.documentsMissing };
}

// eslint-disable-next-line max-params -- the reply, the parts, and what is filed.
async function file(reply: FastifyReply, parts: RouteParts, filing: Filing): Promise<FastifyReply> {
  const { municipality, body } = filing;
  // What was sent is judged, never changed: so what is asked in it is worked out once.
  Object.freeze(body.answers);
  const today = todayInAthens();
  const { current, given, judged } = await considerInForce(filing, { parts, today });
  const refused = filing.refused ?? judged.refused;
  const trackingNonce = randomNonce();
  const trackingCode = trackingCodeOf(parts.settings.codeKey, trackingNonce);
  const receipt = await parts.register.submit(submission(given, { parts, version: refused ? null : current, kept: judged.kept, trackingNonce, trackingCode }));
  if (!('applicationId' in receipt)) return refused && receipt.code !== 'submission.keyReused' ? refuse(reply, refused) : refuseWith(reply, receipt);
  if (!receipt.repeated) reply.server.metrics.acceptedApplications.inc();
  const version = refused ? await parts.versions.read({ municipality, hash: body.hash }) : current;
  if (!version) throw new Error('an application was filed under a version that is not there');
  const missing = judged.missing ?? missingKinds(given, { version, today });
  const code = receipt.trackingNonce === trackingNonce ? trackingCode : trackingCodeOf(parts.settings.codeKey, receipt.trackingNonce);
  return reply.code(201).send(await viewReceipt(receipt, { municipality, version, parts, missing, trackingCode: code }));
}

interface Considered {
  /** The version in force under which it is judged. */
  readonly current: KnownVersion | null;
  /** The filing, with its answers as that version takes them. */
  readonly given: Filing;
  readonly judged: Judgement;
}

/**
 * Under the version in force. What this process remembers of that may be a second old: a filing that names what is
 * remembered is accepted under it; before anything is refused, or moved to another version, the database is asked.
 */
async function considerInForce(filing: Filing, { parts, today }: { readonly parts: RouteParts; readonly today: string }): Promise<Considered> {
  const { municipality, body } = filing;
  const place = { municipality, programmeId: body.programme };
  const remembered = await parts.versions.readCurrent(place);
  const first = remembered?.hash === body.hash ? await consider(filing, { parts, current: remembered, today }) : null;
  if (first && !first.judged.refused) return first;
  const current = await parts.versions.lookUpCurrent(place);
  return first && current?.hash === remembered?.hash ? first : consider(filing, { parts, current, today });
}

async function consider(filing: Filing, { parts, current, today }: { readonly parts: RouteParts; readonly current: KnownVersion | null; readonly today: string }): Promise<Considered> {
  const moved = current && current.hash !== filing.body.hash ? await move(filing, { parts, current, today }) : filing;
  if ('code' in moved) return { current, given: filing, judged: { refused: moved } };
  return { current, given: moved, judged: judge(moved, { current, today }) };
}

/**
 * The form was filled in under a version that is no longer in force. When that asks nothing new, the answers are taken as
 * they are; else whoever filed is told what to look at, and what they wrote stays theirs.
 */
async function move(filing: Filing, { parts, current, today }: { readonly parts: RouteParts; readonly current: KnownVersion; readonly today: string }): Promise<Filing | ProblemInput> {
  const { body, municipality } = filing;
  const stale = finding({ code: 'programme.hashStale', pointer: '/hash', params: { expected: current.hash } });
  const refuseAs = (more: readonly ProblemFinding[]): ProblemInput => ({ code: 'programme.hashStale', params: { hash: current.hash }, currentVersion: versionInForce(current), findings: [stale, ...more] });
  const before = await parts.versions.read({ municipality, hash: body.hash });
  if (before?.prepared.programme.id !== body.programme) return refuseAs([]);
  const { programme } = current.prepared;
  const { answers, behaviour, questions } = moveAnswers(body.answers as Answers, { before: before.prepared.programme, after: programme, today });
  if (behaviour === 'ask') return refuseAs(questions.map((id) => finding({ code: 'programme.questionNew', pointer: `/answers/${id}` })));
  const wrong = answerFindings(checkAnswers(programme, Object.freeze(answers), { today, stage: filing.channel === 'desk' ? 'desk' : 'submit' }), programme);
  return wrong.length > 0 ? refuseAs(wrong) : { ...filing, moved: answers };
}

/** Where the version in force is found by its hash: what is asked for by name may be some seconds old at every station on the way. */
function versionInForce({ municipality, hash, prepared: { programme } }: KnownVersion): NonNullable<ProblemInput['currentVersion']> {
  return { hash, path: `/api/v1/municipalities/${municipality}/programmes/${programme.id}?hash=${hash}` };
}

interface Judgement {
  readonly refused?: ProblemInput;
  /** Papers still to come, where it came to that. */
  readonly missing?: readonly DocumentKind[];
  readonly kept?: Kept;
}

/** What of the answers is kept when nothing speaks against them. */
interface Kept {
  readonly answers: Answers;
  readonly subject: Omit<SubmitInput['subject'], 'language'>;
}

/** Everything that speaks against this filing, in order of precedence. */
function judge(filing: Filing, { current, today }: { readonly current: KnownVersion | null; readonly today: string }): Judgement {
  if (!current) return { refused: { code: 'programme.notFound' } };
  const { programme } = current.prepared;
  const { from, until } = programme.opening;
  if (today < from || (until !== undefined && today > until)) return { refused: { code: 'programme.notOpen', params: { from } } };
  if (programme.applicants === 'self' && filing.actor.onBehalf === 'relative') return { refused: { code: 'application.relativeNotTaken' } };
  const found = checkAnswers(programme, answersOf(filing), { today, stage: filing.channel === 'desk' ? 'desk' : 'submit' });
  if (found.length > 0) return { refused: { code: 'application.answersInvalid', findings: answerFindings(found, programme) } };
  const missing = missingKinds(filing, { version: current, today });
  const documents = documentFindings(filing, { version: current, missing });
  if (documents.length > 0) return { missing, refused: { code: 'application.documentsInvalid', findings: documents } };
  // At once, while what is asked in these answers is still known: that is remembered of one application at a time.
  return { missing, kept: keep(answersOf(filing), { programme, today }) };
}

function keep(answers: Filing['body']['answers'], { programme, today }: { readonly programme: Programme; readonly today: string }): Kept {
  const { givenName, familyName, email, phone } = readSubject(programme, answers, { today });
  return {
    answers: stripHidden(programme, answers, { today }) as Answers,
    subject: {
      ...(givenName === undefined ? {} : { givenName }),
      ...(familyName === undefined ? {} : { familyName }),
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
    },
  };
}

function documentFindings(filing: Filing, { version, missing }: { readonly version: KnownVersion; readonly missing: readonly DocumentKind[] }): readonly ProblemFinding[] {
  const { body, documents, channel } = filing;
  const { programme } = version.prepared;
  const findings: ProblemFinding[] = [];
  body.documentIds.forEach((documentId, index) => {
    const known = documents.find((document) => document.documentId === documentId);
    const pointer = `/documentIds/${index}`;
    // A draft's files were held to the programme when they were announced; the clerk's belonged to no programme yet.
    if (known && channel === 'desk') findings.push(...paperFindings(known, { index, filing, programme }));
    if (!known) findings.push(finding({ code: 'application.documentUnknown', pointer }));
    if (known && (known.state === 'expected' || known.state === 'refused')) findings.push(finding({ code: 'application.documentUnfinished', pointer }));
  });
  const isUnlisted = filesOfAnswers(programme, answersOf(filing)).some(({ documentId }) => !body.documentIds.includes(documentId));
  if (isUnlisted) findings.push(finding({ code: 'application.documentUnknown', pointer: '/answers' }));
  for (const kind of missing) {
    const mayComeLater = kind.mayBeMissingAtFiling || filing.documentsMissing.includes(kind.id);
    if (!mayComeLater) findings.push({ ...finding({ code: 'application.documentMissing', pointer: '/documentIds' }), expected: localised(kind.title) });
  }
  return findings;
}

function paperFindings(document: StoredDocument, { index, filing, programme }: { readonly index: number; readonly filing: Filing; readonly programme: Programme }): readonly ProblemFinding[] {
  const earlier = filing.body.documentIds.slice(0, index);
  const before = filing.documents.filter(({ kind, documentId }) => kind === document.kind && earlier.includes(documentId)).length;
  const refusal = judgePaper(document, { programme, filesKnown: before });
  return refusal ? [finding({ code: refusal.code, pointer: `/documentIds/${index}`, ...(refusal.params ? { params: refusal.params } : {}) })] : [];
}

/** Papers that these answers surely need and that did not come with them: as a file, in an answer, or seen at the counter. */
function missingKinds(filing: Filing, { version, today }: { readonly version: KnownVersion; readonly today: string }): readonly DocumentKind[] {
  const { body, documents, actor } = filing;
  const answers = answersOf(filing);
  const inHand = new Set<string>(actor.papersSeen);
  for (const { documentId, kind } of documents) if (body.documentIds.includes(documentId)) inHand.add(kind);
  for (const { kind } of filesOfAnswers(version.prepared.programme, answers)) inHand.add(kind);
  return missingPapers(version.prepared, { answers, today, inHand });
}

function answersOf({ moved, body }: Filing): Readonly<Record<string, unknown>> {
  return moved ?? body.answers;
}

interface Submission {
  readonly parts: RouteParts;
  /** `null`: refused; then only an earlier receipt of this key can be the answer, since no version has the empty hash. */
  readonly version: KnownVersion | null;
  readonly kept: Kept | undefined;
  readonly trackingNonce: string;
  readonly trackingCode: string;
}

function submission(filing: Filing, { parts, version, kept, trackingNonce, trackingCode }: Submission): SubmitInput {
  const { municipality, body, key, actor, channel, draft } = filing;
  return {
    municipality,
    programmeId: body.programme,
    hash: version?.hash ?? '',
    submissionKey: key,
    bodyHash: hash('sha256', canonicalise({ channel, body }), 'hex'),
    applicationId: randomUUID(),
    trackingNonce,
    trackingCodeHash: keyedHash(parts.settings.codeKey, 'tracking', trackingCode),
    answers: (version && kept?.answers) ?? {},
    subject: { language: body.language, ...(version ? kept?.subject : {}) },
    actor,
    channel,
    documentIds: version ? body.documentIds : [],
    status: version ? filedStatus(version.prepared) : NO_STATUS,
    ...(version && draft ? { draftId: draft.draftId } : {}),
  };
}

const NOTHING = { el: '', en: '' };
/** Never stored: it goes with a submission that can only find an earlier one. */
const NO_STATUS: SubmitInput['status'] = { stage: '', stageTitle: NOTHING, stepTitle: NOTHING, holder: { kind: 'system' }, sentence: NOTHING, missing: [], next: NOTHING, closed: false };

interface ReceiptParts {
  readonly municipality: string;
  readonly version: KnownVersion;
  readonly parts: RouteParts;
  readonly missing: readonly DocumentKind[];
  readonly trackingCode: string;
}

async function viewReceipt(receipt: Receipt, { municipality, version, parts, missing, trackingCode }: ReceiptParts): Promise<ReceiptView> {
  const { programme } = version.prepared;
  const municipalityName = localised((await parts.municipalities.find(municipality))?.name ?? NOTHING);
  const places = { municipality: municipalityName };
  return {
    applicationId: receipt.applicationId,
    protocolNumber: receipt.protocolNumber,
    trackingCode,
    filedAt: receipt.filedAt,
    nextSteps: localised(programme.nextSteps, places),
    missingDocuments: missing.map(({ id, title }) => ({ kind: id, title: localised(title, places) })),
    contact: viewContact({ programme, municipalityName }),
  };
}
