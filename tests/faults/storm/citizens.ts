import { appendFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoFiling } from '#commands/demo/plan.js';
import type { CitizenCase, DraftCreated, DraftView, ReceiptView, TrackSession } from '#definitions/types/wire.js';
import type { Answer, Asked } from './described-client.js';
import type { Sender } from './staff.js';
import { deskOf, sendAction, upload } from './staff.js';
import type { KnownCase } from './town.js';
import { count, placeOf } from './town.js';

/** One visit: somebody files in one of the ways there are, or looks after a case that was filed. */
export async function visitOnce(sender: Sender): Promise<void> {
  const { town, chance } = sender;
  if (town.cases.length > 3 && chance.chance(300)) return followOnce(sender, chance.pick(town.cases.slice(-40)));
  const filing = town.filings.pop();
  if (filing === undefined) return void (await delay(500));
  const way = chance.below(10);
  if (way < 4) return fileAtOnce(sender, filing);
  if (way < 7) return fileWithDraft(sender, filing);
  return fileAtCounter(sender, filing);
}

const hashOf = ({ town }: Sender, { municipality, programme }: DemoFiling): string => town.inForce.get(placeOf(municipality, programme))?.hash ?? '';

/** Nobody becomes a volunteer through somebody else. */
const takesRelatives = ({ programme }: DemoFiling): boolean => programme === 'wildfire-aid';

async function fileAtOnce(sender: Sender, filing: DemoFiling): Promise<void> {
  const { municipality, programme, answers } = filing;
  const relative = takesRelatives(filing) && sender.chance.chance(150) ? { actor: { onBehalf: 'relative' } } : {};
  await submit(sender, { filing, asked: { method: 'POST', path: `/municipalities/${municipality}/applications`, body: { programme, hash: hashOf(sender, filing), answers, documentIds: [], language: 'el', ...relative } } });
}

async function fileAtCounter(sender: Sender, filing: DemoFiling): Promise<void> {
  const { town, chance } = sender;
  const { municipality, programme, answers } = filing;
  const staff = deskOf(town, municipality, 'desk');
  const isWithPaper = programme === 'wildfire-aid' && chance.chance(400);
  const documentId = isWithPaper ? await upload(sender, { path: `/staff/${municipality}`, kind: 'identityPaper', staff }) : null;
  const isSeen = programme === 'wildfire-aid' && documentId === null && chance.chance(300);
  const onBehalf = takesRelatives(filing) && chance.chance(200) ? { onBehalf: 'relative' } : {};
  const body = { programme, hash: hashOf(sender, filing), answers, documentIds: documentId === null ? [] : [documentId], documentsMissing: [], ...(isSeen ? { documentsSeen: ['identityPaper'] } : {}), ...onBehalf, language: 'el' };
  await submit(sender, { filing, asked: { method: 'POST', path: `/staff/${municipality}/applications`, body, staff } });
}

async function fileWithDraft(sender: Sender, filing: DemoFiling): Promise<void> {
  const { town, chance } = sender;
  const { municipality, programme, answers } = filing;
  const hash = hashOf(sender, filing);
  const begin: Asked = { method: 'POST', path: `/municipalities/${municipality}/drafts`, key: randomUUID(), body: { programme, hash, answers: {} } };
  const begun = await town.client.insist(begin, town.isOver);
  if (begun === null) return;
  if (begun.status !== 201) return town.complain(`a draft of ${programme} was refused: ${begun.status} ${begun.code}`);
  const { resumeCode, draft } = begun.body as DraftCreated;
  if (chance.chance(200)) {
    const again = await town.client.insist(begin, town.isOver);
    if (again !== null && (again.body as DraftCreated).resumeCode !== resumeCode) town.complain('the repeat of a draft was given another code');
  }
  const authorization = `Draft ${resumeCode}`;
  const path = `/municipalities/${municipality}/drafts/current`;
  const version = await saveInParts(sender, { path, authorization, answers, from: draft.version });
  if (version === null) return;
  const files = programme === 'wildfire-aid' && chance.chance(600) ? await uploadFiles(sender, { path, authorization }) : {};
  if (chance.chance(200)) return void count(town, 'draft left behind');
  const resumed = await town.client.insist({ method: 'POST', path: `/municipalities/${municipality}/drafts/resume`, body: { resumeCode } }, town.isOver);
  if (resumed === null) return;
  const kept = resumed.body as DraftView;
  if (resumed.status !== 200 || kept.version !== version) town.complain(`a draft saved as version ${version} came back as ${resumed.status} ${resumed.code} version ${kept.version}`);
  const body = { programme, hash: kept.hash, answers: { ...kept.answers, ...files }, documentIds: Object.values(files).flat(), language: 'el' };
  await submit(sender, { filing, asked: { method: 'POST', path: `/municipalities/${municipality}/applications`, body, authorization } });
}

interface OwnDraft {
  readonly path: string;
  readonly authorization: string;
}

/** @returns the version that is known to be kept */
async function saveInParts({ town, chance }: Sender, { path, authorization, answers, from }: OwnDraft & { readonly answers: DemoFiling['answers']; readonly from: number }): Promise<number | null> {
  const entries = Object.entries(answers);
  let version = from;
  for (let taken = 1 + chance.below(6); ; taken += 1 + chance.below(8)) {
    const some = Object.fromEntries(entries.slice(0, taken));
    const saved = await town.client.insist({ method: 'PUT', path, authorization, body: { version, answers: some } }, town.isOver);
    if (saved === null) return null;
    if (saved.status !== 200) {
      town.complain(`a save was refused: ${saved.status} ${saved.code}`);
      return null;
    }
    const stale = version;
    version = (saved.body as DraftView).version;
    if (chance.chance(100)) {
      const late = await town.client.insist({ method: 'PUT', path, authorization, body: { version: stale, answers: { ...some, givenName: 'Άλλη' } } }, town.isOver);
      if (late !== null && late.code !== 'draft.changedElsewhere') town.complain(`a save over a newer one heard ${late.status} ${late.code}`);
    }
    if (taken >= entries.length) return version;
  }
}

const FILE_QUESTIONS = { identityPaperFile: 'identityPaper', lastE1File: 'lastE1' } as const;

async function uploadFiles(sender: Sender, { path, authorization }: OwnDraft): Promise<Readonly<Record<string, readonly string[]>>> {
  const files: Record<string, readonly string[]> = {};
  for (const [question, kind] of Object.entries(FILE_QUESTIONS)) {
    const documentId = await upload(sender, { path, kind, authorization });
    if (documentId !== null) files[question] = [documentId];
  }
  return files;
}

/** Until a receipt is in hand, or a refusal, also when the storm is over: only so does nobody file what he does not know of. */
async function submit(sender: Sender, { filing, asked }: { readonly filing: DemoFiling; readonly asked: Asked }): Promise<void> {
  const { town, chance } = sender;
  const key = randomUUID();
  let answer: Answer | null = null;
  const heard: ReceiptView[] = [];
  while (answer === null) {
    const patienceMs = chance.chance(150) ? 50 + chance.below(1_000) : 12_000;
    const both = await Promise.all(Array.from({ length: chance.chance(150) ? 2 : 1 }, () => town.client.tryOnce({ ...asked, key, patienceMs })));
    const final = both.filter((one): one is Answer => one !== null && one.status < 500 && one.status !== 429);
    heard.push(...final.filter(({ status }) => status === 201).map(({ body }) => body as ReceiptView));
    answer = final[0] ?? null;
    if (answer === null) await delay(200 + chance.below(600));
  }
  const [receipt] = heard;
  if (receipt === undefined) return town.complain(`a filing of ${filing.programme} (${filing.story}) was refused: ${answer.status} ${answer.code} ${JSON.stringify((answer.body as { findings?: unknown }).findings ?? '').slice(0, 400)}`);
  if (chance.chance(150)) {
    const again = await town.client.insist({ ...asked, key });
    if (again?.status === 201) heard.push(again.body as ReceiptView);
    else town.complain(`the repeat of a filing heard ${again?.status ?? 0} ${again?.code ?? ''}`);
  }
  for (const other of heard) if (other.applicationId !== receipt.applicationId || other.protocolNumber !== receipt.protocolNumber || other.trackingCode !== receipt.trackingCode) town.complain(`one key, two receipts: ${receipt.protocolNumber} and ${other.protocolNumber}`);
  appendFileSync(town.receiptsFile, `${JSON.stringify({ key, municipality: filing.municipality, applicationId: receipt.applicationId, protocolNumber: receipt.protocolNumber })}\n`);
  const email = filing.answers['email'];
  town.cases.push({ municipality: filing.municipality, caseId: receipt.applicationId, programme: filing.programme, trackingCode: receipt.trackingCode, ...(typeof email === 'string' ? { email } : {}) });
  count(town, 'receipts');
}

const CODE_WAIT_MS = 25_000;

/** With the tracking code: the stage; with the code that comes by mail: the case itself, a paper, or the end of it. */
async function followOnce(sender: Sender, known: KnownCase): Promise<void> {
  const { town, chance } = sender;
  const { municipality, trackingCode, email } = known;
  const shown = await town.client.insist({ method: 'POST', path: '/tracking', body: { municipality, trackingCode } }, town.isOver);
  if (shown === null) return;
  if (shown.status !== 200) return town.complain(`whoever holds a receipt heard ${shown.status} ${shown.code} at the tracking`);
  if (email === undefined || chance.chance(500)) return;
  const before = town.mail.received.length;
  const sent = await town.client.insist({ method: 'POST', path: '/tracking/challenge', body: { municipality, trackingCode, channel: 'email' } }, town.isOver);
  if (sent?.status !== 202) return;
  const code = await untilCode(sender, { email, before });
  if (code === null) return void count(town, 'one-time code that did not come');
  const opened = await town.client.insist({ method: 'POST', path: '/tracking/open', body: { municipality, trackingCode, oneTimeCode: code } }, town.isOver);
  // Another code may have been asked for meanwhile, or this one used by an answer that was lost.
  if (opened?.status !== 200) return void count(town, 'one-time code that did not open');
  count(town, 'case opened by its owner');
  const { token, view } = opened.body as TrackSession;
  await actAsOwner(sender, { known, authorization: `Bearer ${token}`, view });
}

async function untilCode({ town }: Sender, { email, before }: { readonly email: string; readonly before: number }): Promise<string | null> {
  for (const until = Date.now() + CODE_WAIT_MS; Date.now() < until && !town.isOver(); await delay(150)) {
    for (const { to, text } of town.mail.received.slice(before)) {
      const [code] = to.includes(email) ? (/\b\d{6}\b/.exec(text) ?? []) : [];
      if (code !== undefined) return code;
    }
  }
  return null;
}

async function actAsOwner(sender: Sender, { known, authorization, view }: { readonly known: KnownCase; readonly authorization: string; readonly view: CitizenCase }): Promise<void> {
  const { town, chance } = sender;
  await town.client.tryOnce({ method: 'GET', path: '/tracking/case', authorization });
  if (chance.chance(100)) return void (await sendAction(sender, { known, path: '/tracking/actions', authorization, body: { kind: 'withdrawn', note: 'Δεν το χρειάζομαι πια.' } }));
  const needed = view.documents.filter(({ status }) => ['missing', 'asked', 'refused'].includes(status));
  if (needed.length === 0) return;
  const { kind } = chance.pick(needed);
  const documentId = await upload(sender, { path: '/tracking', kind, authorization });
  if (documentId === null) return;
  await sendAction(sender, { known, path: '/tracking/actions', authorization, body: { kind: 'documentProvided', documentKind: kind, documentIds: [documentId] } });
}
