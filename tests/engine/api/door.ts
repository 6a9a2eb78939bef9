import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Programme, Role } from '#definitions/types/programme.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Settings } from '#engine/contract/settings.js';
import { createAccess } from '#engine/access/sessions.js';
import { keyedHash, randomToken } from '#engine/access/codes.js';
import { createStaffLogin } from '#engine/access/login.js';
import { SESSION_COOKIE, csrfHashOf, csrfTokenOf, freshCookie, sessionHashOf } from '#engine/access/session-cookie.js';
import { buildApp } from '#engine/api/app.js';
import { listCaughtMessages } from '#engine/api/caught-messages.js';
import { structureScanner } from '#engine/api/documents/scanner.js';
import type { ApiParts } from '#engine/api/parts.js';
import { createCases } from '#engine/cases/cases.js';
import { createTracking } from '#engine/cases/tracking.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { createRegister } from '#engine/register/register.js';
import { createActionSender } from '#engine/relay/action-sender.js';
import { createWatchRecord } from '#engine/relay/watch-record.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';

export const MANDRA = '9230';
export const MARATHON = '9220';
export const SITE = 'https://www.mandra.example';
export const PUBLIC_URL = 'http://127.0.0.1:4399';
/** Nobody listens there: Temporal is away in these tests, as it may be in life. */
const NO_TEMPORAL = '127.0.0.1:1';
const ISSUER = 'https://id.example.org';

export interface SignedIn {
  readonly cookie: string;
  readonly csrf: string;
  readonly subject: string;
}

export interface Door {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly parts: ApiParts;
  readonly settings: Settings;
  /** Every line that was logged. */
  readonly logged: string[];
  readonly hashes: Readonly<Record<'volunteer-registry' | 'wildfire-aid', string>>;
  /** An account with these roles, signed in. */
  signIn(grants: readonly { readonly municipality: string; readonly role: Role }[]): Promise<SignedIn>;
  revoke(subject: string, grant: { readonly municipality: string; readonly role: Role }): Promise<void>;
  close(): Promise<void>;
}

function testSettings(database: TestDatabase, codeKey: Uint8Array): Settings {
  return {
    mode: 'development',
    publicUrl: PUBLIC_URL,
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.apiUrl,
    databaseConnectionsMax: 6,
    temporal: { address: NO_TEMPORAL, namespace: 'default', tls: false },
    codeKey,
    login: { issuer: ISSUER, clientId: 'diktyo-desk', insecure: false },
    messages: { kind: 'catcher' },
    trustedProxies: ['127.0.0.1'],
    requestsPerMinute: { address: 100_000, staff: 100_000 },
    logLevel: 'debug',
  };
}

async function publish(owner: Store, programmeId: string): Promise<string> {
  const programmes = createProgrammeRegister(owner);
  const folder = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', programmeId));
  let first = '';
  for (const municipality of [MANDRA, MARATHON]) {
    const overlay = folder.overlays.find((candidate) => candidate.municipality === municipality);
    if (!overlay) throw new Error(`no overlay of ${programmeId} for ${municipality}`);
    const applied = applyOverlay(folder.programme, overlay);
    const programme = ('programme' in applied ? applied.programme : applied) as Programme;
    const hash = hashDocument(programme);
    await programmes.publish({ municipality, hash, programme, publishedBy: 'tests' });
    first ||= hash;
  }
  return first;
}

/** The whole door on a database of its own. */
export async function openDoor(changes: Partial<ApiParts> & { readonly requestsPerMinute?: { address: number; staff: number }; readonly publicUrl?: string; readonly temporal?: { readonly address: string; readonly namespace: string } } = {}): Promise<Door> {
  const { requestsPerMinute, publicUrl = PUBLIC_URL, temporal, ...replaced } = changes;
  const database = await createTestDatabase();
  const codeKey = new Uint8Array(randomBytes(32));
  const settings = { ...testSettings(database, codeKey), publicUrl, ...(temporal ? { temporal: { ...temporal, tls: false } } : {}), ...(requestsPerMinute ? { requestsPerMinute } : {}) };
  const owner = openStore({ databaseUrl: database.ownerUrl, connectionsMax: 2, application: 'tests', log: () => undefined });
  const store = openStore({ databaseUrl: database.apiUrl, connectionsMax: 6, application: 'tests', log: () => undefined });
  const hashes = { 'volunteer-registry': await publish(owner, 'volunteer-registry'), 'wildfire-aid': await publish(owner, 'wildfire-aid') };
  const programmes = createProgrammeRegister(owner);
  await programmes.setSiteOrigins({ municipality: MANDRA, siteOrigins: [SITE] });
  await programmes.setSiteOrigins({ municipality: MARATHON, siteOrigins: ['https://www.marathon.example'] });
  const assetsFolder = mkdtempSync(join(tmpdir(), 'diktyo-assets-'));
  for (const folder of ['embed', 'chunks', 'desk']) mkdirSync(join(assetsFolder, folder));
  writeFileSync(join(assetsFolder, 'embed/v1.js'), '/* loader */');
  writeFileSync(join(assetsFolder, 'chunks/apply-ABC.js'), 'export {};');
  writeFileSync(join(assetsFolder, 'chunks/apply-ABC.js.br'), brotliCompressSync('export {};'));
  writeFileSync(join(assetsFolder, 'desk/index.html'), '<!doctype html><title>desk</title><script type="module" src="/assets/desk.js"></script>');
  const logged: string[] = [];
  const logStream = new Writable({
    write: (part, _encoding, done) => {
      logged.push(String(part));
      done();
    },
  });
  const sender = createActionSender(settings.temporal);
  const parts: ApiParts = {
    settings,
    programmes: createProgrammeRegister(store),
    register: createRegister(store),
    cases: createCases(store),
    tracking: createTracking(store),
    access: createAccess(store),
    login: createStaffLogin(settings),
    scanner: structureScanner,
    sendAction: (action) => sender.sendAction(temporal ? action : { ...action, deadlineMs: 200 }),
    checkParts: async () => ({ database: await store.ready() }),
    describeWatch: () => createWatchRecord(store).describe(),
    assetsFolder,
    logStream,
    checkReplies: true,
    caughtMessages: () => listCaughtMessages(store),
    ...replaced,
  };
  const app = await buildApp(parts);
  const administrator = createAccess(owner);
  return {
    app, database, parts, settings, logged, hashes,
    signIn: async (grants) => {
      const subject = randomUUID();
      for (const { municipality, role } of grants) await administrator.grant({ issuer: ISSUER, subject, name: 'Άννα Δοκιμή', municipality, role, by: 'tests' });
      const token = randomToken();
      const csrf = csrfTokenOf(codeKey, token);
      await parts.access.openStaffSession({ issuer: ISSUER, subject, sessionHash: sessionHashOf(codeKey, token), csrfHash: csrfHashOf(codeKey, csrf), hoursValid: 1 });
      return { cookie: `${SESSION_COOKIE}=${freshCookie(codeKey, { token, now: Date.now() })}`, csrf, subject };
    },
    revoke: (subject, { municipality, role }) => administrator.revoke({ issuer: ISSUER, subject, municipality, role, by: 'tests' }).then(() => undefined),
    close: async () => {
      await app.close();
      await Promise.allSettled([sender.close(), store.close(), owner.close()]);
      await database.drop();
      rmSync(assetsFolder, { recursive: true, force: true });
    },
  };
}

export const newKey = (): string => randomUUID();
export { keyedHash };

export interface Call {
  readonly body?: unknown;
  readonly key?: string;
  readonly as?: SignedIn;
  readonly headers?: Readonly<Record<string, string>>;
  /** Peer address, as a trusted proxy tells it. */
  readonly from?: string;
}

/** One call of the API; writes carry a key of their own unless said. */
// eslint-disable-next-line max-params -- reads like the line of a protocol.
export function call(door: Door, method: InjectOptions['method'], url: string, { body, key, as, headers = {}, from }: Call = {}): Promise<LightMyRequestResponse> {
  return door.app.inject({
    method: method ?? 'GET',
    url,
    headers: {
      ...(method === 'GET' ? {} : { 'idempotency-key': key ?? newKey() }),
      ...(as ? { cookie: as.cookie, 'x-csrf-token': as.csrf } : {}),
      ...(from === undefined ? {} : { 'x-forwarded-for': from }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  });
}

export const VOLUNTEER = {
  givenName: 'Δοκιμή',
  familyName: 'Δοκιμαστική',
  birthDate: '1990-04-12',
  phone: '+306900000000',
  email: 'dokimi@example.org',
  skills: ['cooking', 'company'],
  languages: ['greek'],
  availability: ['weekends'],
  hoursPerWeek: 4,
  conduct: true,
};

export interface Filed {
  readonly applicationId: string;
  readonly protocolNumber: string;
  readonly trackingCode: string;
}

export const volunteerApplication = (door: Door, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  programme: 'volunteer-registry',
  hash: door.hashes['volunteer-registry'],
  answers: VOLUNTEER,
  documentIds: [],
  language: 'el',
  ...changes,
});

export async function fileVolunteer(door: Door, municipality = MANDRA): Promise<Filed> {
  const current = (await call(door, 'GET', `/api/v1/municipalities/${municipality}/programmes/volunteer-registry`)).json<{ hash: string }>();
  const response = await call(door, 'POST', `/api/v1/municipalities/${municipality}/applications`, { body: volunteerApplication(door, { hash: current.hash }) });
  if (response.statusCode !== 201) throw new Error(`not filed: ${response.body}`);
  return response.json<Filed>();
}
