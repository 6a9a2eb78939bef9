import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomToken } from '#engine/access/codes.js';
import type { LoginOutcome } from '#engine/access/login.js';
import { CALLBACK_PATH, LOGIN_MINUTES, LoginUnavailableError } from '#engine/access/login.js';
import { COOKIE_RULES, LOGIN_COOKIE, SESSION_COOKIE, SESSION_HOURS, csrfHashOf, csrfTokenOf, freshCookie, readCookie, sessionHashOf } from '#engine/access/session-cookie.js';
import { describeLoginProblem } from '../pages/login.js';
import { allowPage } from '../plugins/headers.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { PROBLEMS } from '../problems/catalogue.js';
import { refuse } from '../problems/problem.js';
import { localised } from '../views/localised.js';
import type { RouteParts } from './route-parts.js';

const ANYONE = { access: { who: 'anyone' } } as const;
const RETRY_SECONDS = 10;
const ELSEWHERE = { 303: { type: 'null', description: 'To the address of the header Location.' } } as const;

/** Signing in at the identity provider, and the session that follows it. */
export function addStaffSessionRoutes(app: FastifyInstance, parts: RouteParts): void {
  addSigningIn(app, parts);
  addSession(app, parts);
}

function addSigningIn(app: FastifyInstance, { login, access, settings }: RouteParts): void {
  app.get<{ Querystring: { returnTo?: string } }>(
    '/api/v1/staff/login',
    {
      config: ANYONE,
      schema: { tags: ['staff'], summary: 'Sends the browser to the identity provider', querystring: { type: 'object', additionalProperties: false, properties: { returnTo: { type: 'string', maxLength: 500 } } }, response: ELSEWHERE },
    },
    async (request, reply) => {
      try {
        const { address, sealed } = await login.begin(request.query.returnTo ?? '/desk');
        return reply.setCookie(LOGIN_COOKIE, sealed, { ...COOKIE_RULES, maxAge: LOGIN_MINUTES * 60 }).redirect(address, 303);
      } catch (error) {
        if (!(error instanceof LoginUnavailableError)) throw error;
        return tellProblem(reply, 'login.unavailable');
      }
    },
  );

  app.get(CALLBACK_PATH, { config: ANYONE, schema: { tags: ['staff'], summary: 'Where the identity provider sends the browser back', response: ELSEWHERE } }, async (request, reply) => {
    void reply.clearCookie(LOGIN_COOKIE, COOKIE_RULES);
    const outcome: LoginOutcome = await login.finish({ currentAddress: request.url, sealed: request.cookies[LOGIN_COOKIE] });
    if (!outcome.ok) return tellProblem(reply, outcome.code);
    const token = randomToken();
    const { codeKey } = settings;
    const account = await access.openStaffSession({
      issuer: outcome.issuer,
      subject: outcome.subject,
      sessionHash: sessionHashOf(codeKey, token),
      csrfHash: csrfHashOf(codeKey, csrfTokenOf(codeKey, token)),
      hoursValid: SESSION_HOURS,
    });
    if (!account) return tellProblem(reply, 'login.noAccount');
    return reply.setCookie(SESSION_COOKIE, freshCookie(codeKey, { token, now: Date.now() }), COOKIE_RULES).redirect(outcome.returnTo, 303);
  });
}

/** A person in a browser sees this, so it is a page. */
function tellProblem(reply: FastifyReply, code: ProblemCode): FastifyReply {
  const wantsPage = reply.request.headers.accept?.includes('text/html') === true;
  const retry = code === 'login.unavailable' ? { retryAfterSeconds: RETRY_SECONDS } : {};
  if (!wantsPage) return refuse(reply, { code, ...retry });
  return allowPage(reply, { frameAncestors: [] }).code(PROBLEMS[code].status).send(describeLoginProblem({ code, ...retry }));
}

function addSession(app: FastifyInstance, { access, settings, municipalities }: RouteParts): void {
  app.get(
    '/api/v1/staff/session',
    { config: { access: { who: 'staff' } }, schema: { tags: ['staff'], summary: 'Who is signed in, with which roles', response: { 200: { $ref: 'StaffSession#' } } } },
    async (request, reply) => {
      const { staff } = request;
      const token = readCookie(settings.codeKey, { value: request.cookies[SESSION_COOKIE], now: Date.now() })?.token;
      if (!staff || token === undefined) return refuse(reply, { code: 'access.signInRequired' });
      const list = await municipalities.list();
      const grants = staff.grants.map(({ municipality, role }) => {
        const name = list.find(({ code }) => code === municipality)?.name ?? { el: municipality, en: municipality };
        return { municipality, municipalityName: localised(name), role };
      });
      return reply.send({ account: staff.account, name: staff.name, csrfToken: csrfTokenOf(settings.codeKey, token), grants, demo: settings.mode === 'development' });
    },
  );

  app.post(
    '/api/v1/staff/logout',
    { config: { access: { who: 'staff' }, keyless: 'ending a session twice is ending it once' }, schema: { tags: ['staff'], summary: 'End the session', response: { 204: { type: 'null' } } } },
    async (request, reply) => {
      if (request.staff) await access.closeStaffSession(request.staff.sessionHash);
      return reply.clearCookie(SESSION_COOKIE, COOKIE_RULES).code(204).send();
    },
  );
}
