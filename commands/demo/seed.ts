import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '#definitions/types/programme.js';
import type { ProgrammeList, QueueView, SearchResult } from '#definitions/types/wire.js';
import { checkForPublication } from '#definitions/check/check.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { randomToken } from '#engine/access/codes.js';
import { SESSION_COOKIE, csrfHashOf, csrfTokenOf, freshCookie, sessionHashOf } from '#engine/access/session-cookie.js';
import { createAccess } from '#engine/access/sessions.js';
import { demoAccounts } from '#engine/connect/login/development-provider.js';
import type { Access } from '#engine/contract/rooms.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { playFiling } from './case-player.js';
import type { Player } from './case-player.js';
import { createEngineClient } from './engine-client.js';
import type { EngineClient, StaffCredentials } from './engine-client.js';
import { inventHouseholds } from './people.js';
import { DEMO_SEED, keyOf, planDemo } from './plan.js';
import type { DemoFiling } from './plan.js';

export interface DemoOrder {
  /** The database, as its owner: publishing and granting are an administrator's. */
  readonly ownerUrl: string;
  /** The same database with the role of the API: demo staff sign in through it. */
  readonly apiUrl: string;
  readonly engineUrl: string;
  /** Origin of the municipal page that may embed the widgets. */
  readonly siteUrl: string;
  readonly issuer: string;
  /** Base64. */
  readonly codeKey: string;
  readonly log: (line: string) => void;
}

export interface DemoSignIn {
  readonly role: string;
  readonly municipality: string;
  readonly account: string;
  readonly password: string;
}

const PROGRAMMES = 'definitions/programmes';
const PUBLISHER = 'demo';
const CASES_AT_ONCE = 4;
const SESSION_HOURS = 1;
const CLAIMING: readonly Role[] = ['desk', 'inspector', 'decider'];
/** The development identity provider asks for none. */
const NO_PASSWORD = '—';

/** What must stand before the engine runs: published programmes, the page that may embed, accounts with roles. Repeating it changes nothing. */
export async function seedDemo(order: DemoOrder): Promise<{ readonly signIns: readonly DemoSignIn[] }> {
  return withStore(order.ownerUrl, order.log, async (store) => {
    await publishProgrammes(store, order);
    const access = createAccess(store);
    const accounts = demoAccounts();
    for (const { subject, name, municipality, role } of accounts) await access.grant({ issuer: order.issuer, subject, name, municipality, role, by: PUBLISHER });
    return { signIns: accounts.map(({ name, municipality, role }) => ({ role, municipality, account: name, password: NO_PASSWORD })) };
  });
}

async function publishProgrammes(store: Store, { log, siteUrl }: DemoOrder): Promise<void> {
  const register = createProgrammeRegister(store);
  const root = join(packageRoot(), PROGRAMMES);
  const names = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const municipalities = new Set<string>();
  for (const name of names) {
    const { programme: base, overlays } = await readProgrammeFolder(join(root, name));
    // What this version cannot run is kept as a draft; whoever publishes it is refused by name.
    if (base.mode === 'batch') continue;
    for (const overlay of overlays) {
      const applied = applyOverlay(base, overlay);
      if ('findings' in applied) throw new Error(`${name}, overlay ${overlay.municipality}: ${JSON.stringify(applied.findings)}`);
      const { municipality } = overlay;
      const wrong = checkForPublication(applied.programme).find(({ severity }) => severity === 'error');
      if (wrong !== undefined) throw new Error(`${name} for ${municipality}: ${wrong.pointer}: ${wrong.message.en}`);
      municipalities.add(municipality);
      // What somebody else has put in force since is theirs: a start takes nothing back.
      const [latest] = await register.listPublications({ municipality, programmeId: applied.programme.id });
      if (latest !== undefined && latest.publishedBy !== PUBLISHER) continue;
      const { created } = await register.publish({ municipality, hash: hashDocument(applied.programme), programme: applied.programme, publishedBy: PUBLISHER });
      if (created) log(`demo: published ${name} for ${municipality}`);
    }
  }
  const known = await register.listMunicipalities();
  for (const { code, siteOrigins } of known) {
    if (municipalities.has(code) && !siteOrigins.includes(siteUrl)) await register.setSiteOrigins({ municipality: code, siteOrigins: [siteUrl] });
  }
}

/**
 * People and their cases, filed through the public API of the running engine and moved by demo staff, so that cases
 * stand in every state. Every request bears a key that follows from the seed: a second run finds them and does nothing,
 * a run that was cut goes on where it stopped.
 */
export async function fileDemoCases(order: DemoOrder): Promise<{ readonly filed: number }> {
  return withStore(order.apiUrl, order.log, async (store) => {
    const access = createAccess(store);
    const plan = planDemo({ seed: DEMO_SEED, households: inventHouseholds({ seed: DEMO_SEED }), today: new Date().toISOString().slice(0, 10) });
    const sessions = await openSessions(access, order);
    try {
      const client = createEngineClient(order.engineUrl);
      const staffOf = staffIn(sessions);
      if (await isFiled(client, { filing: plan.at(-1), staffOf })) return { filed: 0 };
      const hashOf = await readHashes(client, plan);
      await playAll(plan, { player: { client, staffOf, hashOf }, sessions, log: order.log });
      return { filed: plan.length };
    } finally {
      for (const { sessionHash } of sessions) await access.closeStaffSession(sessionHash);
    }
  });
}

/** A few at a time; the last of the plan is filed last of all, when everything else stands: it tells the next start that nothing is left to do. */
async function playAll(plan: readonly DemoFiling[], { player, sessions, log }: { readonly player: Player; readonly sessions: readonly DemoSession[]; readonly log: (line: string) => void }): Promise<void> {
  const [last, ...others] = [...plan].reverse();
  const waiting = others.reverse();
  const total = plan.length;
  let done = 0;
  const tell = (): void => log(`demo: ${(done += 1)} of ${total} cases (${Math.round((done / total) * 100)} %)`);
  const work = async (): Promise<void> => {
    for (let filing = waiting.shift(); filing !== undefined; filing = waiting.shift()) {
      await playFiling(player, filing);
      tell();
    }
  };
  try {
    await Promise.all(Array.from({ length: CASES_AT_ONCE }, work));
  } catch (error) {
    // The others end with the case they have in hand.
    waiting.length = 0;
    throw error;
  }
  if (last === undefined) return;
  await claimSome(player.client, sessions);
  await playFiling(player, last);
  tell();
}

/** Whoever signs in finds a few tasks of their own. A run that was cut after this takes none twice. */
async function claimSome(client: EngineClient, sessions: readonly DemoSession[]): Promise<void> {
  for (const { municipality, role, credentials: staff } of sessions) {
    if (!CLAIMING.includes(role)) continue;
    const path = `/staff/${municipality}`;
    const { tasks } = await client.send<QueueView>({ method: 'GET', path: `${path}/queue`, staff });
    // Every third, so that the rest of the queue shows what nobody has taken.
    for (const { taskId, claimed } of tasks.filter((_, position) => position % 3 === 0)) {
      if (!claimed) await client.send({ method: 'POST', path: `${path}/tasks/${taskId}/claim`, key: keyOf(`claim ${taskId}`), staff });
    }
  }
}

async function isFiled(client: EngineClient, { filing, staffOf }: { readonly filing: DemoFiling | undefined; readonly staffOf: Player['staffOf'] }): Promise<boolean> {
  if (filing === undefined) return true;
  const { municipality, applicantName, programme } = filing;
  const { cases } = await client.send<SearchResult>({ method: 'POST', path: `/staff/${municipality}/search`, body: { text: applicantName }, staff: staffOf(municipality, 'desk') });
  return cases.some((found) => found.applicantName === applicantName && found.programmeId === programme);
}

async function readHashes(client: EngineClient, plan: readonly DemoFiling[]): Promise<Player['hashOf']> {
  const hashes = new Map<string, string>();
  for (const municipality of new Set(plan.map((filing) => filing.municipality))) {
    const { programmes } = await client.send<ProgrammeList>({ method: 'GET', path: `/municipalities/${municipality}/programmes` });
    for (const { id, hash } of programmes) hashes.set(`${municipality} ${id}`, hash);
  }
  return (municipality, programme) => {
    const hash = hashes.get(`${municipality} ${programme}`);
    if (hash === undefined) throw new Error(`${programme} is not published in ${municipality}`);
    return hash;
  };
}

interface DemoSession {
  readonly municipality: string;
  readonly role: Role;
  readonly sessionHash: string;
  readonly credentials: StaffCredentials;
}

/** A session each, opened as the engine itself opens them after a sign-in; closed again when the demo is filed. */
async function openSessions(access: Access, { issuer, codeKey }: DemoOrder): Promise<readonly DemoSession[]> {
  const key = Buffer.from(codeKey, 'base64');
  const sessions: DemoSession[] = [];
  for (const { subject, municipality, role } of demoAccounts()) {
    const token = randomToken();
    const csrfToken = csrfTokenOf(key, token);
    const sessionHash = sessionHashOf(key, token);
    const opened = await access.openStaffSession({ issuer, subject, sessionHash, csrfHash: csrfHashOf(key, csrfToken), hoursValid: SESSION_HOURS });
    if (opened === null) throw new Error(`the demo account ${subject} has no role: seedDemo comes first`);
    sessions.push({ municipality, role, sessionHash, credentials: { cookie: `${SESSION_COOKIE}=${freshCookie(key, { token, now: Date.now() })}`, csrfToken } });
  }
  return sessions;
}

function staffIn(sessions: readonly DemoSession[]): Player['staffOf'] {
  return (municipality, role) => {
    const session = sessions.find((candidate) => candidate.municipality === municipality && candidate.role === role);
    if (session === undefined) throw new Error(`no demo account for ${role} in ${municipality}`);
    return session.credentials;
  };
}

async function withStore<Result>(databaseUrl: string, log: (line: string) => void, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = openStore({ databaseUrl, connectionsMax: 2, log, application: 'diktyo-demo' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
