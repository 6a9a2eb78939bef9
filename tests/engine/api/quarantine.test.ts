import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFileView, DocumentView, DraftView } from '#definitions/types/wire.js';
import type { Running } from '#engine/contract/settings.js';
import type { Upkeep } from '#engine/contract/rooms.js';
import { startApi } from '#engine/api/main.js';
import { scanQuarantined } from '#engine/api/documents/quarantine.js';
import { clamdScanner } from '#engine/api/documents/scanner.js';
import type { Scanner } from '#engine/api/documents/scanner.js';
import { createUpkeep } from '#engine/register/upkeep.js';
import { startRelay } from '#engine/relay/main.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { startWorker } from '#workflows/worker/main.js';
import type { OwnTemporal } from '../../support/temporal.js';
import { startTemporal } from '../../support/temporal.js';
import type { Door, Filed, SignedIn } from './door.js';
import { MANDRA, call, openDoor } from './door.js';
import { pdf } from './files.js';

/** Speaks clamd's protocol; files that hold the word EICAR are refused. Away: it hangs up. */
class Clamd {
  isAway = true;
  readonly #server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (this.isAway) return void socket.destroy();
    const parts: Buffer[] = [];
    socket.on('data', (part) => {
      parts.push(part);
      const all = Buffer.concat(parts);
      if (all.subarray(-4).equals(Buffer.alloc(4))) socket.end(`stream: ${all.includes('EICAR') ? 'Eicar-Test-Signature FOUND' : 'OK'}\0`);
    });
  });

  async listen(): Promise<{ host: string; port: number }> {
    this.#server.listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server.once('listening', resolve));
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  close(): void {
    this.#server.close();
  }
}

const clamd = new Clamd();
let address: { host: string; port: number };
let scanner: Scanner;
let temporal: OwnTemporal;
let door: Door;
let store: Store;
let upkeep: Upkeep;
let owner: postgres.Sql;
let running: Running[];
let desk: SignedIn;
beforeAll(async () => {
  address = await clamd.listen();
  scanner = clamdScanner(address);
  temporal = await startTemporal();
  const place = { address: temporal.address, namespace: temporal.namespace };
  door = await openDoor({ scanner, temporal: place });
  store = openStore({ databaseUrl: door.database.apiUrl, connectionsMax: 4, application: 'tests', log: () => undefined });
  upkeep = createUpkeep(store);
  owner = postgres(door.database.ownerUrl, { max: 1, onnotice: () => undefined });
  const settings = { ...door.settings, temporal: { ...place, tls: false }, logLevel: 'error' as const };
  running = [await startWorker({ ...settings, databaseUrl: door.database.workerUrl }), await startRelay({ ...settings, databaseUrl: door.database.relayUrl })];
  desk = await door.signIn([{ municipality: MANDRA, role: 'supervisor' }]);
});
afterAll(async () => {
  await Promise.all(running.map((part) => part.close()));
  await Promise.all([store.close(), owner.end()]);
  await door.close();
  await temporal.stop();
  clamd.close();
});

const SAFE = pdf();
const INFECTED = pdf('1 0 obj << /Title (EICAR) >> endobj');
const desks = `/api/v1/staff/${MANDRA}`;
const release = () => owner`update diktyo.document set scan_after = null where state = 'quarantined'`;
const stateOf = async (id: string): Promise<unknown> => (await owner`select state, exists (select 1 from diktyo.document_content c where c.document_id = d.document_id) as kept from diktyo.document d where document_id = ${id}`)[0];

async function upload(bytes: Buffer, { place, headers, kind = 'lastE1' }: { readonly place: string; readonly headers?: Record<string, string>; readonly kind?: string }): Promise<DocumentView> {
  const as = headers ? {} : { as: desk };
  const announced = await call(door, 'POST', place, { ...as, headers: headers ?? {}, body: { kind, name: 'Ε1.pdf', mediaType: 'application/pdf', sizeBytes: bytes.length } });
  const { documentId } = announced.json<DocumentView>();
  const sent = await call(door, 'PUT', `${place}/${documentId}`, { ...as, body: bytes, headers: { ...headers, 'content-type': 'application/pdf', 'content-length': String(bytes.length) } });
  if (sent.statusCode !== 200) throw new Error(sent.body);
  return sent.json<DocumentView>();
}

const read = async (caseId: string): Promise<CaseFileView> => (await call(door, 'GET', `${desks}/cases/${caseId}`, { as: desk })).json<CaseFileView>();

async function until(caseId: string, isThere: (file: CaseFileView) => boolean): Promise<CaseFileView> {
  const end = Date.now() + 60_000;
  for (;;) {
    const file = await read(caseId);
    if (isThere(file)) return file;
    if (Date.now() > end) throw new Error(`waited in vain: ${JSON.stringify(file.state)}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

interface Papers {
  readonly documents?: Readonly<Record<string, { status: string; documentIds: readonly string[]; note?: string }>>;
}
const papersOf = (file: CaseFileView): NonNullable<Papers['documents']> => (file.state as Papers).documents ?? {};

async function fileWildfire(documentIds: readonly string[]): Promise<Filed> {
  const { readProgrammeFolder } = await import('#definitions/folder/programme-folder.js');
  const { packageRoot } = await import('#engine/settings/package-root.js');
  const { cases, caseNames } = await readProgrammeFolder(`${packageRoot()}/definitions/programmes/wildfire-aid`);
  const answers = { ...cases[caseNames.indexOf('large-family-and-disability')]?.answers, email: 'politis@example.org' };
  const response = await call(door, 'POST', `${desks}/applications`, {
    as: desk, body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers, documentIds, documentsMissing: [], language: 'en' },
  });
  if (response.statusCode !== 201) throw new Error(response.body);
  return response.json<Filed>();
}

describe('A file that came while the scanner was away', () => {
  it('waits in quarantine however often it is tried, and is clean when the scanner is back and finds nothing', async () => {
    clamd.isAway = true;
    const { documentId, state } = await upload(SAFE, { place: `${desks}/documents` });
    expect(state).toBe('quarantined');
    expect(await scanQuarantined(upkeep, scanner)).toEqual({ clean: 0, refused: 0, unknown: 1 });
    expect(await stateOf(documentId)).toEqual({ state: 'quarantined', kept: true });
    clamd.isAway = false;
    // Whoever tried it keeps it for some minutes.
    expect(await scanQuarantined(upkeep, scanner)).toEqual({ clean: 0, refused: 0, unknown: 0 });
    await release();
    expect(await scanQuarantined(upkeep, scanner)).toEqual({ clean: 1, refused: 0, unknown: 0 });
    expect(await stateOf(documentId)).toEqual({ state: 'clean', kept: true });
    expect(await owner`select action, actor, detail from diktyo.audit_entry where action = 'documentScanned'`).toEqual([{ action: 'documentScanned', actor: { kind: 'system' }, detail: { documentId, state: 'clean' } }]);
  });

  it('and is refused shows as refused in the draft, its bytes gone, and cannot be filed', async () => {
    const begun = (await call(door, 'POST', `/api/v1/municipalities/${MANDRA}/drafts`, { body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers: {} } })).json<{ resumeCode: string }>();
    const headers = { authorization: `Draft ${begun.resumeCode}` };
    clamd.isAway = true;
    const place = `/api/v1/municipalities/${MANDRA}/drafts/current/documents`;
    const { documentId } = await upload(INFECTED, { place, headers });
    clamd.isAway = false;
    expect(await scanQuarantined(upkeep, scanner)).toMatchObject({ refused: 1 });
    expect(await stateOf(documentId)).toEqual({ state: 'refused', kept: false });
    const draft = (await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/drafts/current`, { headers })).json<DraftView>();
    expect(draft.documents).toMatchObject([{ documentId, state: 'refused' }]);
    const filed = await call(door, 'POST', `/api/v1/municipalities/${MANDRA}/applications`, { headers, body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers: {}, documentIds: [documentId], language: 'el' } });
    expect(filed.statusCode).toBe(422);
  });

  it('is judged once by many processes at once, and the scanner sees it once', async () => {
    clamd.isAway = true;
    for (let count = 0; count < 4; count += 1) await upload(SAFE, { place: `${desks}/documents` });
    clamd.isAway = false;
    const passes = await Promise.all(Array.from({ length: 6 }, () => scanQuarantined(upkeep, scanner)));
    expect(passes.reduce((sum, { clean }) => sum + clean, 0)).toBe(4);
  });
});

describe('A paper of a case that the scanner refuses later', () => {
  it('no longer counts as handed in: the case asks for it again, says why in the applicant’s language, and takes another', async () => {
    clamd.isAway = true;
    const { documentId } = await upload(INFECTED, { place: `${desks}/documents` });
    const { applicationId } = await fileWildfire([documentId]);
    const before = await until(applicationId, (file) => papersOf(file)['lastE1'] !== undefined);
    expect(papersOf(before)['lastE1']).toMatchObject({ status: 'provided', documentIds: [documentId] });
    expect(before.summary.status.missing.map(({ documentKind }) => documentKind)).not.toContain('lastE1');
    clamd.isAway = false;
    expect(await scanQuarantined(upkeep, scanner)).toMatchObject({ refused: 1 });
    const after = await until(applicationId, (file) => papersOf(file)['lastE1']?.status === 'refused');
    expect(after.documents).toMatchObject([{ documentId, state: 'refused' }]);
    const missing = after.summary.status.missing.find(({ documentKind }) => documentKind === 'lastE1');
    expect(missing?.note).toBe('The scan found malicious content. Upload another file, from a computer that you trust.');
    expect(after.history).toContainEqual(expect.objectContaining({ kind: 'documentJudged', actor: { kind: 'system' }, accepted: true }));
    const place = `${desks}/cases/${applicationId}/documents`;
    const better = await upload(SAFE, { place });
    const key = randomUUID();
    const provide = () => call(door, 'POST', `${desks}/cases/${applicationId}/actions`, { as: desk, key, body: { kind: 'documentProvided', documentKind: 'lastE1', documentIds: [better.documentId] } });
    expect((await provide()).statusCode).toBe(200);
    expect(papersOf(await read(applicationId))['lastE1']).toMatchObject({ status: 'provided', documentIds: [better.documentId] });
  });

  it('and was never handed in takes nothing away from the one that was', async () => {
    clamd.isAway = false;
    const good = await upload(SAFE, { place: `${desks}/documents` });
    const { applicationId } = await fileWildfire([good.documentId]);
    await until(applicationId, (file) => papersOf(file)['lastE1']?.status === 'provided');
    clamd.isAway = true;
    const stray = await upload(INFECTED, { place: `${desks}/cases/${applicationId}/documents` });
    clamd.isAway = false;
    expect(await scanQuarantined(upkeep, scanner)).toMatchObject({ refused: 1 });
    const file = await read(applicationId);
    expect(file.documents.find(({ documentId }) => documentId === stray.documentId)).toMatchObject({ state: 'refused' });
    expect(papersOf(file)['lastE1']).toMatchObject({ status: 'provided', documentIds: [good.documentId] });
    expect(await owner`select 1 from diktyo.case_command where case_id = ${applicationId}`).toEqual([]);
  });
});

describe('The API process', () => {
  it('scans by itself what waits, but only where a scanner of malware is set', async () => {
    clamd.isAway = true;
    const { documentId } = await upload(SAFE, { place: `${desks}/documents` });
    clamd.isAway = false;
    const settings = { ...door.settings, port: 0, logLevel: 'error' as const };
    const without = await startApi(settings, { quarantineMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await without.close();
    expect(await stateOf(documentId)).toMatchObject({ state: 'quarantined' });
    const api = await startApi({ ...settings, clamd: address }, { quarantineMs: 20 });
    while (((await stateOf(documentId)) as { state: string }).state !== 'clean') await new Promise((resolve) => setTimeout(resolve, 20));
    await api.close();
  });
});

