import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Role } from '#definitions/types/programme.js';
import type { Draft, StaffAccount } from '#engine/contract/rooms.js';
import { equalTexts, keyedHash, parseCode } from '#engine/access/codes.js';
import { COOKIE_RULES, SESSION_COOKIE, freshCookie, isCsrfToken, readCookie, sessionHashOf } from '#engine/access/session-cookie.js';
import type { ApiParts } from '../parts.js';
import { refuse } from '../problems/problem.js';
import type { Limit } from './limits.js';
import { Counters, addressKey, limit, tooMany } from './limits.js';

/** Who may call a route. Every route says it; one that does not cannot be registered. */
export type AccessRule =
  | { readonly who: 'anyone' }
  /** Whoever has the resume code of a draft: `Authorization: Draft <code>`. */
  | { readonly who: 'draft' }
  /** The owner of a case, after the second factor: `Authorization: Bearer <token>`. */
  | { readonly who: 'citizen' }
  /** A signed-in account with a role of the list in the municipality of the path; without a list, any account. */
  | { readonly who: 'staff'; readonly roles?: readonly Role[] }
  /** Machines of the installation: a peer on loopback or a private network, not through a proxy that is not trusted. */
  | { readonly who: 'operator' }
  /** What collects metrics: the bearer of the token of the settings; where none is set (development), as operator. */
  | { readonly who: 'monitor' };

export interface StaffCaller extends StaffAccount {
  readonly sessionHash: string;
  readonly csrfHash: string;
  /** Roles in the municipality of the path. */
  readonly roles: readonly Role[];
}

export interface CitizenCaller {
  readonly municipality: string;
  readonly caseId: string;
  readonly sessionHash: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: AccessRule;
    /** Why a route that is not a GET needs no Idempotency-Key. */
    keyless?: string;
  }
  interface FastifyRequest {
    staff: StaffCaller | null;
    citizen: CitizenCaller | null;
    draft: (Draft & { readonly resumeCodeHash: string }) | null;
  }
  interface FastifyInstance {
    publicUrl: string;
    counters: Counters;
    /** Every route with who may call it, in order of registration: the input of the test of access. */
    routeTable: { readonly method: string; readonly url: string; readonly access: AccessRule }[];
  }
}

/** In development everything comes from one address. */
const DEFAULT_PER_MINUTE = { production: { address: 1_200, staff: 1_200 }, development: { address: 120_000, staff: 120_000 } };
/** Credentials that were not valid, per address. */
export const MISSES: Limit = { max: 30, windowMs: 60_000 };
const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{16,64}$/;
const CITIZEN_TOKEN = /^Bearer ([0-9]{4})\.([A-Za-z0-9_-]{43})$/;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before the first route: from here on, a route that does not say who may call it cannot be registered. */
export function declareEveryAccess(app: FastifyInstance): void {
  app.decorate('routeTable', []);
  app.addHook('onRoute', (route) => declareAccess(app, route));
}

export function addAccess(app: FastifyInstance, parts: ApiParts): void {
  app.decorateRequest('staff', null);
  app.decorateRequest('citizen', null);
  app.decorateRequest('draft', null);
  app.decorate('counters', new Counters());
  // With a callback, because whoever need not be identified need not wait for a promise either.
  app.addHook('onRequest', (request, reply, done) => {
    const rule = request.routeOptions.config.access;
    const goOn = (refused: FastifyReply | null): void => {
      if ((refused ?? checkPace(request, reply, parts) ?? (request.is404 ? null : checkKey(request, reply))) === null) done();
    };
    if (request.is404 || rule?.who === 'anyone') return goOn(null);
    if (!rule) return void refuse(reply, { code: 'access.forbidden' });
    identify(request, reply, { rule, parts }).then(goOn, done);
  });
}

function declareAccess(app: FastifyInstance, route: RouteOptions): void {
  const methods = [route.method].flat();
  // The answer to a preflight says nothing but which origins may ask.
  if (methods.every((method) => method === 'OPTIONS')) route.config = { ...route.config, access: { who: 'anyone' } };
  const access = route.config?.access;
  if (!access) throw new Error(`the route ${methods.join(',')} ${route.url} does not declare who may call it`);
  for (const method of methods) app.routeTable.push({ method, url: route.url, access });
}

interface Asked {
  readonly rule: AccessRule;
  readonly parts: ApiParts;
}

// A hook has request and reply; what it needs beyond them comes as one object.
async function identify(request: FastifyRequest, reply: FastifyReply, { rule, parts }: Asked): Promise<FastifyReply | null> {
  switch (rule.who) {
    case 'anyone':
      return null;
    case 'operator':
      return isOperator(request) ? null : refuse(reply, { code: 'request.notFound' });
    case 'monitor':
      return identifyMonitor(request, reply, parts);
    case 'staff':
    case 'citizen':
    case 'draft': {
      const seconds = request.server.counters.blockedFor(missKey(request), MISSES);
      if (seconds > 0) return tooMany(reply, seconds);
      if (rule.who === 'staff') return identifyStaff(request, reply, { rule, parts });
      return rule.who === 'draft' ? identifyDraft(request, reply, parts) : identifyCitizen(request, reply, parts);
    }
  }
}

function identifyMonitor(request: FastifyRequest, reply: FastifyReply, { settings }: ApiParts): FastifyReply | null {
  const { metricsToken } = settings;
  if (metricsToken === undefined) return settings.mode !== 'production' && isOperator(request) ? null : refuse(reply, { code: 'request.notFound' });
  const seconds = request.server.counters.blockedFor(missKey(request), MISSES);
  if (seconds > 0) return tooMany(reply, seconds);
  const hash = (text: string): string => keyedHash(settings.codeKey, 'metrics', text);
  const isBearer = equalTexts(hash(request.headers.authorization ?? ''), hash(`Bearer ${metricsToken}`));
  // As if it were not there: nobody needs to know that there is something to guess.
  return isBearer ? null : missed(request, refuse(reply, { code: 'request.notFound' }));
}

async function identifyStaff(request: FastifyRequest, reply: FastifyReply, { rule, parts }: Asked): Promise<FastifyReply | null> {
  const key = parts.settings.codeKey;
  const cookie = readCookie(key, { value: request.cookies[SESSION_COOKIE], now: Date.now() });
  if (!cookie) return refuse(reply, { code: 'access.signInRequired' });
  const sessionHash = sessionHashOf(key, cookie.token);
  const account = await parts.access.readStaffSession(sessionHash);
  if (!account) return missed(request, refuse(reply, { code: 'access.signInRequired' }));
  if (cookie.isStale) void reply.setCookie(SESSION_COOKIE, freshCookie(key, { token: cookie.token, now: Date.now() }), COOKIE_RULES);
  const municipality = (request.params as { municipality?: string }).municipality;
  const roles = account.grants.filter((grant) => grant.municipality === municipality).map(({ role }) => role);
  request.staff = { ...account, sessionHash, roles };
  if (rule.who === 'staff' && rule.roles && !roles.some((role) => rule.roles?.includes(role))) return refuse(reply, { code: 'access.forbidden' });
  return SAFE_METHODS.has(request.method) ? null : checkForgery(request, reply, parts);
}

/** Three walls against requests that another site makes a signed-in browser send: SameSite, Origin, and a token in a header. */
function checkForgery(request: FastifyRequest, reply: FastifyReply, { settings }: ApiParts): FastifyReply | null {
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== settings.publicUrl) return refuse(reply, { code: 'access.origin' });
  const site = request.headers['sec-fetch-site'];
  if (origin === undefined && site !== undefined && site !== 'same-origin') return refuse(reply, { code: 'access.origin' });
  const sent = request.headers['x-csrf-token'];
  const csrfHash = request.staff?.csrfHash ?? '';
  return typeof sent === 'string' && isCsrfToken(settings.codeKey, { sent, csrfHash }) ? null : refuse(reply, { code: 'access.csrf' });
}

async function identifyDraft(request: FastifyRequest, reply: FastifyReply, parts: ApiParts): Promise<FastifyReply | null> {
  const resumeCodeHash = draftHashOf(request, parts);
  const { municipality = '' } = request.params as { municipality?: string };
  const draft = resumeCodeHash === null ? null : await parts.register.readDraft({ municipality, resumeCodeHash });
  if (!draft || resumeCodeHash === null) return missed(request, refuse(reply, { code: 'access.codeUnknown' }));
  request.draft = { ...draft, resumeCodeHash };
  return null;
}

/** The keyed hash of the resume code in the Authorization header, when there is one that can be a code. */
export function draftHashOf(request: FastifyRequest, { settings }: ApiParts): string | null {
  const header = request.headers.authorization ?? '';
  const code = header.startsWith('Draft ') ? parseCode(header.slice(6)) : null;
  return code === null ? null : keyedHash(settings.codeKey, 'resume', code);
}

async function identifyCitizen(request: FastifyRequest, reply: FastifyReply, { settings, tracking }: ApiParts): Promise<FastifyReply | null> {
  const [, municipality = '', token = ''] = CITIZEN_TOKEN.exec(request.headers.authorization ?? '') ?? [];
  const sessionHash = keyedHash(settings.codeKey, 'citizenSession', municipality, token);
  const session = token === '' ? null : await tracking.readSession({ municipality, sessionHash });
  if (!session) return missed(request, refuse(reply, { code: 'access.sessionExpired' }));
  request.citizen = { municipality, caseId: session.caseId, sessionHash };
  return null;
}

function checkPace(request: FastifyRequest, reply: FastifyReply, { settings }: ApiParts): FastifyReply | null {
  const pace = settings.requestsPerMinute ?? DEFAULT_PER_MINUTE[settings.mode];
  const key = request.staff ? `staff:${request.staff.sessionHash}` : addressKey(request);
  const max = request.staff ? pace.staff : pace.address;
  return limit(reply, request.server.counters, { key, max, windowMs: 60_000 });
}

function checkKey(request: FastifyRequest, reply: FastifyReply): FastifyReply | null {
  if (SAFE_METHODS.has(request.method) || request.routeOptions.config.keyless !== undefined) return null;
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' && IDEMPOTENCY_KEY.test(key) ? null : refuse(reply, { code: 'request.idempotencyKey' });
}

/** The caller's key; checked before any handler runs. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  return String(request.headers['idempotency-key']);
}

function missKey(request: FastifyRequest): string {
  return `miss:${addressKey(request)}`;
}

function missed(request: FastifyRequest, answer: FastifyReply): FastifyReply {
  request.server.counters.count(missKey(request), MISSES);
  return answer;
}

const PRIVATE_PEER = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/;

function isOperator(request: FastifyRequest): boolean {
  const peer = request.ip.startsWith('::ffff:') ? request.ip.slice(7) : request.ip;
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return PRIVATE_PEER.test(peer) && (!isForwarded || (request.ips?.length ?? 0) > 1);
}
