import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFileView, CaughtMessages, CitizenCase, DocumentView, QueueView, TrackSession } from '#definitions/types/wire.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Role } from '#definitions/types/programme.js';
import type { Running } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { startWorker } from '#workflows/worker/main.js';
import { startTemporal } from '../../support/temporal.js';
import type { OwnTemporal } from '../../support/temporal.js';
import type { Door, Filed, SignedIn } from './door.js';
import { MANDRA, call, openDoor } from './door.js';
import { pdf } from './files.js';

let temporal: OwnTemporal;
let door: Door;
let running: Running[];
const staff = {} as Record<Role, SignedIn>;

beforeAll(async () => {
  temporal = await startTemporal();
  const { address, namespace } = temporal;
  door = await openDoor({ temporal: { address, namespace } });
  const settings = { ...door.settings, temporal: { address, namespace, tls: false }, logLevel: 'error' as const };
  running = [
    await startWorker({ ...settings, databaseUrl: door.database.workerUrl }),
    await startRelay({ ...settings, databaseUrl: door.database.relayUrl }),
  ];
  for (const role of ['desk', 'inspector', 'decider', 'supervisor'] as const) staff[role] = await door.signIn([{ municipality: MANDRA, role }]);
});
afterAll(async () => {
  await Promise.all(running.map((part) => part.close()));
  await door.close();
  await temporal.stop();
});

async function until<Value>(look: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await look();
    if (isThere(value)) return value;
    if (Date.now() > end) throw new Error(`waited in vain; last seen: ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** A call that must succeed; an action that is only recorded is asked for again with its key, as its answer says. */
async function done<Value>(method: 'GET' | 'POST' | 'PUT', url: string, options: NonNullable<Parameters<typeof call>[3]> = {}): Promise<Value> {
  const key = randomUUID();
  const response = await until(() => call(door, method, url, { key, ...options }), ({ statusCode }) => statusCode !== 503);
  if (response.statusCode >= 300) throw new Error(`${method} ${url}: ${response.body}`);
  return response.json<Value>();
}

interface Opened {
  readonly filed: Filed;
  readonly headers: { readonly authorization: string };
  readonly view: CitizenCase;
}

/** The citizen opens the case with the code from the outbox. */
async function openCase(filed: Filed): Promise<Opened> {
  const base = { municipality: MANDRA, trackingCode: filed.trackingCode };
  const known = new Set((await done<CaughtMessages>('GET', '/api/v1/outbox')).messages.map(({ id }) => id));
  await call(door, 'POST', '/api/v1/tracking/challenge', { body: { ...base, channel: 'email' } });
  const { messages } = await until(
    () => done<CaughtMessages>('GET', '/api/v1/outbox'),
    (found) => found.messages.some(({ id, body }) => !known.has(id) && /\b\d{6}\b/.test(body)),
  );
  const oneTimeCode = /\b(\d{6})\b/.exec(messages.find(({ id, body }) => !known.has(id) && /\b\d{6}\b/.test(body))?.body ?? '')?.[1];
  const session = await done<TrackSession>('POST', '/api/v1/tracking/open', { body: { ...base, oneTimeCode } });
  return { filed, headers: { authorization: `Bearer ${session.token}` }, view: session.view };
}

async function bringPaper({ headers }: Opened, kind: string): Promise<void> {
  const document = await done<DocumentView>('POST', '/api/v1/tracking/documents', { headers, body: { kind, name: `${kind}.pdf`, mediaType: 'application/pdf', sizeBytes: pdf().length } });
  await done('PUT', `/api/v1/tracking/documents/${document.documentId}`, { body: pdf(), headers: { ...headers, 'content-type': 'application/pdf', 'content-length': String(pdf().length) } });
  await done('POST', '/api/v1/tracking/actions', { headers, body: { kind: 'documentProvided', documentKind: kind, documentIds: [document.documentId] } });
}

describe('a case, from the first page to the last instalment, over HTTP alone', () => {
  it('goes its way: papers from the citizen, review, inspection, decision with reasons, payment, and both sides see the same', async () => {
    const { cases, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes/wildfire-aid'));
    const answers = { ...cases[caseNames.indexOf('large-family-and-disability')]?.answers, email: 'politis@example.org' };
    const filed = await done<Filed & { missingDocuments: { kind: string }[] }>('POST', `/api/v1/municipalities/${MANDRA}/applications`, {
      body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers, documentIds: [], language: 'el' },
    });
    expect(filed.missingDocuments.length).toBeGreaterThan(0);
    const file = (as: Role = 'desk'): Promise<CaseFileView> => done('GET', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}`, { as: staff[as] });
    const act = (as: Role, body: unknown): Promise<unknown> => done('POST', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/actions`, { as: staff[as], body });
    await until(() => file(), ({ summary }) => summary.status.missing.length > 0);

    const opened = await openCase(filed);
    expect(opened.view.status.holder.kind).toBe('citizen');
    for (const { documentKind } of opened.view.status.missing) await bringPaper(opened, documentKind);

    const task = (await until(() => done<QueueView>('GET', `/api/v1/staff/${MANDRA}/queue`, { as: staff.desk }), ({ tasks }) => tasks.some(({ summary }) => summary.caseId === filed.applicationId))).tasks.find(({ summary }) => summary.caseId === filed.applicationId);
    await done('POST', `/api/v1/staff/${MANDRA}/tasks/${task?.taskId}/claim`, { as: staff.desk });
    expect((await call(door, 'POST', `/api/v1/staff/${MANDRA}/tasks/${task?.taskId}/claim`, { as: await door.signIn([{ municipality: MANDRA, role: 'desk' }]) })).json()).toMatchObject({ code: 'task.claimed', status: 409 });
    expect((await done<QueueView>('GET', `/api/v1/staff/${MANDRA}/queue?scope=mine`, { as: staff.desk })).tasks).toHaveLength(1);
    expect((await file()).actions).toContain('reviewed');
    await act('desk', { kind: 'reviewed', stepId: 'deskReview', outcome: 'complete' });

    // Out of step and out of role: refused, and nothing moves.
    const tooEarly = await call(door, 'POST', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/actions`, { as: staff.decider, body: { kind: 'decided', stepId: 'decision', approve: true } });
    expect(tooEarly.json()).toMatchObject({ code: 'step.notCurrent', status: 409 });
    await act('inspector', { kind: 'assessed', stepId: 'inspection', findings: { mainHomeHit: true, damageGradePercent: 20 } });
    expect((await file('decider')).actions).toContain('decided');
    expect((await file('desk')).actions).not.toContain('decided');
    const denied = await call(door, 'POST', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/actions`, { as: staff.desk, body: { kind: 'decided', stepId: 'decision', approve: true } });
    expect(denied.json()).toMatchObject({ code: 'access.forbidden', status: 403 });
    await act('decider', { kind: 'decided', stepId: 'decision', approve: true });
    const twice = await call(door, 'POST', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/actions`, { as: staff.decider, body: { kind: 'decided', stepId: 'decision', approve: false } });
    expect(twice.json()).toMatchObject({ code: 'step.notCurrent' });

    const decided = await done<CitizenCase>('GET', '/api/v1/tracking/case', { headers: opened.headers });
    expect(decided.decision).toMatchObject({ approved: true });
    expect(decided.decision?.reasons.length).toBeGreaterThan(3);
    for (const reason of decided.decision?.reasons ?? []) expect([reason.reason.el, reason.legalBasis].every((text) => text.length > 0)).toBe(true);
    expect(decided.decision?.appealText.el).not.toMatch(/\{\w+\}/);
    expect(decided.instalments.length).toBeGreaterThan(0);
    expect(decided.instalments.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(decided.decision?.awardCents);

    for (const { partId } of decided.instalments) await act('decider', { kind: 'partPaid', stepId: 'payment', partId, reference: `ΧΕ ${partId}`, paidOn: '2026-03-02' });
    const closed = await until(() => done<CitizenCase>('GET', '/api/v1/tracking/case', { headers: opened.headers }), ({ status }) => status.closed);
    expect(closed.timeline.length).toBeGreaterThan(8);
    expect((await file('supervisor')).actions).toEqual(['noteAdded']);
  });
});
