// The engine as its callers know it: HTTP, keys, patience. Everything but a good answer is counted.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { makeDemoPaper } from '#commands/demo/demo-paper.js';

const PROGRAMME = 'wildfire-aid';
const PAUSE_MS = 300;
const PATIENCE_MS = 180_000;
const MEDIA_TYPE = 'application/pdf';

/** `counts` holds answers by status; `cut` is a connection that brought none. */
export function openClient(engineUrl) {
  const counts = {};
  const count = (name) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const send = async ({ method = 'GET', path, body, bytes, headers = {} }) => {
    const until = Date.now() + PATIENCE_MS;
    const content = body === undefined ? bytes : JSON.stringify(body);
    const type = body === undefined ? (bytes === undefined ? {} : { 'content-type': MEDIA_TYPE }) : { 'content-type': 'application/json' };
    for (;;) {
      const response = await fetch(`${engineUrl}/api/v1${path}`, { method, headers: { ...type, ...headers }, ...(content === undefined ? {} : { body: content }) }).catch(() => null);
      count(response === null ? 'cut' : String(response.status));
      const text = (await response?.text().catch(() => '')) ?? '';
      if (response?.ok) return text === '' ? null : JSON.parse(text);
      const mayPass = response === null || response.status === 429 || response.status >= 500;
      if (!mayPass || Date.now() > until) throw new Error(`${method} ${path}: ${response?.status ?? 'no answer'} ${text.slice(0, 600)}`);
      await delay(Math.max(PAUSE_MS, Number(response?.headers.get('retry-after') ?? 0) * 1_000));
    }
  };
  return { send, counts };
}

const keyed = (key = randomUUID()) => ({ 'idempotency-key': key });

/** What the form needs: the version, and which question takes which paper. */
export async function readProgramme(client, municipality) {
  const { hash, programme } = await client.send({ path: `/municipalities/${municipality}/programmes/${PROGRAMME}` });
  const questions = programme.form.pages.flatMap((page) => page.questions).filter((question) => question.document !== undefined);
  return { hash, questionOf: Object.fromEntries(questions.map((question) => [question.document, question.id])) };
}

/** Announces a paper below `path`, sends its bytes, answers its id. */
async function bring(client, { path, kind, headers }) {
  const bytes = makeDemoPaper(kind);
  const announced = await client.send({ method: 'POST', path, headers: { ...headers, ...keyed() }, body: { kind, name: `${kind}.pdf`, mediaType: MEDIA_TYPE, sizeBytes: bytes.byteLength } });
  await client.send({ method: 'PUT', path: `${path}/${announced.documentId}`, headers, bytes });
  return announced.documentId;
}

/** Brings each; answers the documents and the answers that name them. */
async function bringAll(client, { kinds, programme, ...place }) {
  const documentIds = [];
  const named = {};
  for (const kind of kinds) {
    const documentId = await bring(client, { ...place, kind });
    documentIds.push(documentId);
    named[programme.questionOf[kind]] = [documentId];
  }
  return { documentIds, named };
}

/** As the widget does: read the form, begin a draft, add papers, keep the answers, submit. */
export async function fileOnTheWeb(client, { municipality, programme, answers, papers }) {
  const below = `/municipalities/${municipality}`;
  const { hash } = await readProgramme(client, municipality);
  const { homeAddress, community, damageDate } = answers;
  const { resumeCode, draft } = await client.send({ method: 'POST', path: `${below}/drafts`, headers: keyed(), body: { programme: PROGRAMME, hash, answers: { homeAddress, community, damageDate } } });
  const headers = { authorization: `Draft ${resumeCode}` };
  const { documentIds, named } = await bringAll(client, { path: `${below}/drafts/current/documents`, kinds: papers, programme, headers });
  const whole = { ...answers, ...named };
  await client.send({ method: 'PUT', path: `${below}/drafts/current`, headers, body: { version: draft.version, answers: whole } });
  const key = randomUUID();
  const receipt = await client.send({ method: 'POST', path: `${below}/applications`, headers: { ...headers, ...keyed(key) }, body: { programme: PROGRAMME, hash, answers: whole, documentIds, language: 'el' } });
  return { key, ...receipt };
}

/** The clerk takes the papers in, then files. */
export async function fileAtTheDesk(client, { municipality, programme, answers, papers, missing, staff }) {
  const below = `/staff/${municipality}`;
  const { documentIds, named } = await bringAll(client, { path: `${below}/documents`, kinds: papers, programme, headers: staff });
  const key = randomUUID();
  const body = { programme: PROGRAMME, hash: programme.hash, answers: { ...answers, ...named }, documentIds, documentsMissing: missing, language: 'el' };
  const receipt = await client.send({ method: 'POST', path: `${below}/applications`, headers: { ...staff, ...keyed(key) }, body });
  return { key, ...receipt };
}

/** Where a one-time code can reach the owner: `email`, `sms`, or undefined. */
export async function readChannel(client, { municipality, trackingCode }) {
  const { channels } = await client.send({ method: 'POST', path: '/tracking', body: { municipality, trackingCode } });
  return channels[0];
}

/** From the tracking widget: one-time code, then each paper with its action. */
export async function bringPapersOnTheWeb(client, { municipality, trackingCode, channel, readCode, kinds }) {
  await client.send({ method: 'POST', path: '/tracking/challenge', body: { municipality, trackingCode, channel } });
  const { token } = await client.send({ method: 'POST', path: '/tracking/open', body: { municipality, trackingCode, oneTimeCode: await readCode() } });
  const headers = { authorization: `Bearer ${token}` };
  for (const kind of kinds) {
    const documentId = await bring(client, { path: '/tracking/documents', kind, headers });
    await client.send({ method: 'POST', path: '/tracking/actions', headers: { ...headers, ...keyed() }, body: { kind: 'documentProvided', documentKind: kind, documentIds: [documentId] } });
  }
}

export async function bringPapersToTheDesk(client, { municipality, caseId, kinds, staff }) {
  const below = `/staff/${municipality}/cases/${caseId}`;
  for (const kind of kinds) {
    const documentId = await bring(client, { path: `${below}/documents`, kind, headers: staff });
    await client.send({ method: 'POST', path: `${below}/actions`, headers: { ...staff, ...keyed() }, body: { kind: 'documentProvided', documentKind: kind, documentIds: [documentId] } });
  }
}

export const readQueue = async (client, { municipality, staff, after }) =>
  (await client.send({ path: `/staff/${municipality}/queue${after === undefined ? '' : `?after=${after}`}`, headers: staff })).tasks;

/** Every open task of a role, page by page. */
export async function countQueue(client, place) {
  const seen = new Set();
  for (let after; ; ) {
    const tasks = await readQueue(client, { ...place, after });
    for (const { summary } of tasks) seen.add(summary.caseId);
    if (tasks.length === 0) return seen.size;
    after = tasks.at(-1).taskId;
  }
}

/** Takes the task, opens the case, acts; answers the new state. */
export async function workOnTask(client, { municipality, task, body, staff, onSend }) {
  const { caseId } = task.summary;
  await client.send({ method: 'POST', path: `/staff/${municipality}/tasks/${task.taskId}/claim`, headers: { ...staff, ...keyed() } });
  await client.send({ path: `/staff/${municipality}/cases/${caseId}`, headers: staff });
  onSend();
  return client.send({ method: 'POST', path: `/staff/${municipality}/cases/${caseId}/actions`, headers: { ...staff, ...keyed() }, body: { ...body, stepId: task.stepId } });
}

/** Signs in at the identity provider as a browser does; answers the headers that staff send. */
export async function signIn({ engineUrl, account }) {
  const jars = new Map();
  const go = async (address, form) => {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? jars.set(origin, new Map()).get(origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { cookie }, ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }) });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const next = response.headers.get('location');
    if (next !== null) return { next: new URL(next, address).href };
    if (!response.ok) throw new Error(`signing in as ${account}: ${response.status} ${(await response.text()).slice(0, 300)}`);
    return { next: null };
  };
  let address = `${engineUrl}/api/v1/staff/login?returnTo=/desk`;
  for (;;) {
    const { next } = await go(address, /\/sign-in\/[^/]+$/.test(address) ? { account } : undefined);
    if (next === null) throw new Error(`signing in as ${account} ended at ${address}`);
    address = next;
    if (address.startsWith(`${engineUrl}/desk`)) break;
  }
  const cookie = [...(jars.get(new URL(engineUrl).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${engineUrl}/api/v1/staff/session`, { headers: { cookie } });
  if (!response.ok) throw new Error(`no session for ${account}: ${response.status}`);
  return { cookie, 'x-csrf-token': (await response.json()).csrfToken };
}
