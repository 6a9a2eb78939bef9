import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { makeDemoPaper } from '#commands/demo/demo-paper.js';
import type { Entropy } from '#commands/demo/entropy.js';
import type { Role } from '#definitions/types/programme.js';
import type { CaseFileView, DocumentView, IncidentList, QueueView } from '#definitions/types/wire.js';
import type { Answer } from './described-client.js';
import type { ActionTry, KnownCase, Town } from './town.js';
import { count, MUNICIPALITIES, placeOf, ROLES } from './town.js';

type Body = Readonly<Record<string, unknown>> & { readonly kind: string };

export interface Sender {
  readonly town: Town;
  readonly chance: Entropy;
}

export const deskOf = ({ desks }: Town, municipality: string, role: Role): NonNullable<ReturnType<Town['desks']['get']>> => {
  const staff = desks.get(`${municipality} ${role}`);
  if (staff === undefined) throw new Error(`nobody is ${role} in ${municipality}`);
  return staff;
};

/**
 * Sends one action as a person with a bad line does: the same key, a few times or until it is answered, sometimes twice at once,
 * sometimes again after the answer; and keeps what it was told.
 */
export async function sendAction({ town, chance }: Sender, { known, body, path, ...credentials }: { readonly known: Pick<KnownCase, 'municipality' | 'caseId'>; readonly body: Body; readonly path: string; readonly staff?: ReturnType<typeof deskOf>; readonly authorization?: string }): Promise<ActionTry> {
  const key = randomUUID();
  const attempt: ActionTry = { key, municipality: known.municipality, caseId: known.caseId, kind: body.kind, sentAt: performance.now(), outcome: 'unknown' };
  town.tries.push(attempt);
  const asked = { method: 'POST' as const, path, body, key, ...credentials };
  const triesMax = chance.chance(200) ? 1 : 40;
  let answer: Answer | null = null;
  for (let tried = 0; tried < triesMax && answer === null; tried += 1) {
    const patienceMs = chance.chance(150) ? 100 + chance.below(1_500) : 12_000;
    const both = await Promise.all(Array.from({ length: chance.chance(150) ? 2 : 1 }, () => town.client.tryOnce({ ...asked, patienceMs })));
    answer = both.find((one) => one !== null && isFinal(one)) ?? null;
    if (answer === null) await delay(300 + chance.below(700));
  }
  if (answer === null) return attempt;
  attempt.answeredAt = performance.now();
  attempt.outcome = answer.status === 200 ? 'accepted' : 'refused';
  attempt.code = answer.code;
  if (answer.status === 200) attempt.version = (answer.body as { readonly version: number }).version;
  count(town, `${body.kind} ${attempt.outcome}`);
  if (attempt.outcome === 'accepted' && chance.chance(120)) await repeat({ town, chance }, { asked, attempt });
  return attempt;
}

const isFinal = ({ status }: Answer): boolean => status < 500 && status !== 429;

/** Asked again, the engine says the same again; under the key of another body it refuses. */
async function repeat({ town }: Sender, { asked, attempt }: { readonly asked: Parameters<Town['client']['insist']>[0]; readonly attempt: ActionTry }): Promise<void> {
  const again = await town.client.insist(asked, () => town.isOver());
  if (again === null) return;
  const version = (again.body as { readonly version?: number } | null)?.version;
  if (again.status !== 200 || version !== attempt.version) town.complain(`the repeat of ${attempt.kind} ${attempt.key} heard ${again.status} ${again.code} version ${version ?? 'none'} instead of version ${attempt.version ?? 'none'}`);
  const other = await town.client.insist({ ...asked, body: { kind: 'noteAdded', note: 'Άλλο σώμα, ίδιο κλειδί.' } }, () => town.isOver());
  if (other !== null && other.status < 400) town.complain(`another body under the key ${attempt.key} heard ${other.status}`);
}

/** One look at one case and one thing done to it, sensible or not. */
export async function workOnce(sender: Sender): Promise<void> {
  const { town, chance } = sender;
  if (town.cases.length === 0) return void (await delay(200));
  if (chance.chance(80)) return lookAround(sender);
  // Some are followed to their end; the others are looked at now and then.
  const known = chance.chance(750) ? chance.pick(town.cases.filter((_case, index) => index % 4 === 0).slice(-12)) : chance.pick(town.cases);
  const path = `/staff/${known.municipality}/cases/${known.caseId}`;
  const read = await town.client.tryOnce({ method: 'GET', path, staff: deskOf(town, known.municipality, 'supervisor') });
  if (read === null || read.status !== 200) return void (await delay(300));
  const file = read.body as CaseFileView;
  const planned = chance.chance(220) ? senseless(sender, { known, file }) : sensible(sender, { known, file });
  if (planned === null) return void (await delay(50));
  const { role, municipality = known.municipality } = planned;
  const staff = deskOf(town, municipality, role);
  let { body } = planned;
  if (body.kind === 'documentProvided' && body['documentIds'] === undefined) {
    const documentId = await upload(sender, { path, staff, kind: String(body['documentKind']) });
    if (documentId === null) return;
    body = { ...body, documentIds: [documentId] };
  }
  const tried = await sendAction(sender, { known, body, staff, path: `${path}/actions` });
  if (municipality !== known.municipality && tried.outcome === 'accepted') town.complain(`${role} of ${municipality} acted on a case of ${known.municipality}`);
}

interface Planned {
  readonly role: Role;
  readonly municipality?: string;
  readonly body: Body;
}

interface Looked {
  readonly known: KnownCase;
  readonly file: CaseFileView;
}

function sensible({ town, chance }: Sender, { known, file }: Looked): Planned | null {
  const open = file.state.incidents?.filter(({ settledAt }) => settledAt === undefined) ?? [];
  if (open.length > 0 && chance.chance(500)) return { role: 'supervisor', body: settle(chance, open) };
  if (file.summary.status.closed || chance.chance(60)) return chance.chance(700) && file.summary.status.closed ? null : { role: 'desk', body: note(chance) };
  if (chance.chance(25)) return { role: 'desk', body: { kind: 'withdrawn', note: 'Το ζήτησε ο πολίτης.' } };
  const papers = Object.entries(file.state.documents ?? {});
  const needed = papers.filter(([, { status }]) => ['missing', 'asked', 'refused'].includes(status));
  const provided = papers.filter(([, { status }]) => status === 'provided');
  if (needed.length > 0 && chance.chance(850)) return { role: 'desk', body: { kind: 'documentProvided', documentKind: chance.pick(needed)[0] } };
  if (provided.length > 0 && chance.chance(250)) return { role: 'desk', body: { kind: 'documentJudged', documentKind: chance.pick(provided)[0], accepted: chance.chance(700), note: 'Εξετάστηκε.' } };
  if (papers.length > 0 && chance.chance(60)) return { role: 'desk', body: { kind: 'documentAsked', documentKind: chance.pick(papers)[0], note: 'Χρειάζεται ξανά.' } };
  const [task] = file.tasks;
  const step = town.inForce.get(placeOf(known.municipality, known.programme))?.programme.flow.steps.find(({ id }) => id === task?.stepId);
  if (task === undefined || step === undefined) return null;
  const { role, stepId } = task;
  switch (step.kind) {
    case 'review':
      return { role, body: { kind: 'reviewed', stepId, outcome: chance.pick(step.outcomes).id, note: 'Μιλήσαμε.' } };
    case 'assess':
      return { role, body: { kind: 'assessed', stepId, findings: { mainHomeHit: chance.chance(800), damageGradePercent: chance.pick([5, 30, 70, 100]) } } };
    case 'decide':
      return { role, body: { kind: 'decided', stepId, approve: chance.chance(700), note: 'Όπως η εισήγηση.' } };
    case 'pay': {
      const part = file.state.parts?.find(({ paidOn }) => paidOn === undefined);
      return part === undefined ? null : { role, body: { kind: 'partPaid', stepId, partId: part.partId, reference: 'ΧΕ-1', paidOn: new Date().toISOString().slice(0, 10) } };
    }
    default:
      return null;
  }
}

const note = (chance: Entropy): Body => ({ kind: 'noteAdded', note: `Σημείωση ${chance.below(1_000_000)}` });

function settle(chance: Entropy, open: readonly { readonly id: string }[]): Body {
  return { kind: 'incidentSettled', incidentId: chance.pick(open).id, resolution: chance.pick(['retry', 'retry', 'done', 'drop']), note: 'Το είδαμε.' };
}

/** Wrong state, wrong role, wrong municipality, or nothing that ever was. */
function senseless({ town, chance }: Sender, { known, file }: Looked): Planned {
  const programme = town.inForce.get(placeOf(known.municipality, known.programme))?.programme;
  const steps = programme?.flow.steps ?? [];
  const stepId = steps.length > 0 ? chance.pick(steps).id : 'nowhere';
  const role = chance.pick(ROLES);
  const [part] = file.state.parts ?? [];
  const body = chance.pick<Body>([
    { kind: 'reviewed', stepId, outcome: 'accept', note: 'Λάθος;' },
    { kind: 'reviewed', stepId: file.tasks[0]?.stepId ?? stepId, outcome: 'nothingOfTheKind', note: 'Λάθος.' },
    { kind: 'assessed', stepId, findings: { mainHomeHit: true, damageGradePercent: 50 } },
    { kind: 'assessed', stepId, findings: { nothing: 'like this' } },
    { kind: 'decided', stepId: chance.chance(500) ? 'decision' : stepId, approve: true },
    { kind: 'partPaid', stepId: 'payment', partId: part?.partId ?? 'third', reference: 'ΧΕ-2', paidOn: '2026-01-01' },
    { kind: 'documentJudged', documentKind: chance.pick(['identityPaper', 'unheardOf']), accepted: true },
    { kind: 'documentProvided', documentKind: 'identityPaper', documentIds: [randomUUID()] },
    { kind: 'documentAsked', documentKind: chance.pick(['lastE1', 'unheardOf']) },
    { kind: 'incidentSettled', incidentId: 'none', resolution: 'retry' },
    { kind: 'factRecorded', factId: 'unheardOf', value: true },
    { kind: 'withdrawn' },
    note(chance),
  ]);
  const elsewhere = chance.chance(150);
  // Whoever may withdraw would soon close everything: here only those try who may not.
  const asRole = body.kind === 'withdrawn' && !elsewhere ? 'decider' : role;
  return { role: asRole, body, ...(elsewhere ? { municipality: MUNICIPALITIES.find((other) => other !== known.municipality) ?? known.municipality } : {}) };
}

/** The bytes of a paper: usually good, sometimes not what was announced, cut, or not a paper at all. */
export async function upload({ town, chance }: Sender, { path, kind, ...credentials }: { readonly path: string; readonly kind: string; readonly staff?: ReturnType<typeof deskOf>; readonly authorization?: string }): Promise<string | null> {
  const good = makeDemoPaper(`${kind} ${chance.below(1_000_000)}`);
  const isBad = chance.chance(120);
  const content = isBad ? Buffer.alloc(good.byteLength, 'x') : good;
  const body = { kind, name: `${kind}.pdf`, mediaType: 'application/pdf', sizeBytes: good.byteLength };
  const announced = await town.client.insist({ method: 'POST', path: `${path}/documents`, key: randomUUID(), body, ...credentials }, town.isOver);
  if (announced === null || announced.status !== 201) return null;
  const { documentId } = announced.body as DocumentView;
  const bytes = { content, mediaType: 'application/pdf' };
  const asked = { method: 'PUT' as const, path: `${path}/documents/${documentId}`, key: randomUUID(), bytes, ...credentials };
  // Cut: the line breaks in the middle of the bytes.
  if (chance.chance(150)) await town.client.tryOnce({ ...asked, bytes: { content: content.subarray(0, Math.floor(content.byteLength / 2)), mediaType: bytes.mediaType }, patienceMs: 3_000 });
  const stored = await town.client.insist({ ...asked, ...(chance.chance(100) ? { patienceMs: 50 } : {}) }, town.isOver);
  if (stored === null) return null;
  if (isBad && stored.status < 400) town.complain(`a file of nothing was taken as ${kind}`);
  return stored.status === 200 || (stored.code === 'document.alreadyStored' && !isBad) ? documentId : null;
}

/** Queue, search, incidents, a task taken. */
async function lookAround({ town, chance }: Sender): Promise<void> {
  const municipality = chance.pick(MUNICIPALITIES);
  const staff = deskOf(town, municipality, chance.pick(['desk', 'supervisor', 'decider']));
  const queue = await town.client.tryOnce({ method: 'GET', path: `/staff/${municipality}/queue?limit=20`, staff });
  if (queue?.status === 200) {
    const { tasks } = queue.body as QueueView;
    if (tasks.length > 0) await town.client.tryOnce({ method: 'POST', path: `/staff/${municipality}/tasks/${chance.pick(tasks).taskId}/claim`, key: randomUUID(), body: {}, staff });
  }
  await town.client.tryOnce({ method: 'POST', path: `/staff/${municipality}/search`, body: { text: 'Παπαδοπούλου' }, staff });
}

/** @returns how many incidents are left open */
export async function settleAll(sender: Sender): Promise<number> {
  const { town, chance } = sender;
  let left = 0;
  for (const municipality of MUNICIPALITIES) {
    const staff = deskOf(town, municipality, 'supervisor');
    const listed = await town.client.insist({ method: 'GET', path: `/staff/${municipality}/incidents`, staff });
    const { incidents } = listed?.body as IncidentList;
    left += incidents.length;
    for (const { incidentId, summary } of incidents) {
      const known = { municipality, caseId: summary.caseId };
      await sendAction(sender, { known, staff, path: `/staff/${municipality}/cases/${summary.caseId}/actions`, body: settle(chance, [{ id: incidentId }]) });
    }
  }
  return left;
}
