/**
 * An identity provider for development: a real OpenID Connect server on loopback whose sign-in page offers demo
 * accounts. Refused in production; any real issuer takes its place by setting.
 */
import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Configuration, Provider } from 'oidc-provider';
import type { Role } from '#definitions/types/programme.js';
import type { Running } from '#engine/contract/settings.js';
import { packageRoot } from '#engine/settings/package-root.js';

export interface DemoAccount {
  readonly subject: string;
  readonly name: string;
  readonly municipality: string;
  readonly role: Role;
}

export interface DevelopmentProviderOrder {
  readonly port: number;
  /** The engine's public address; only its callback is answered. */
  readonly engineUrl: string;
  readonly mode: 'development' | 'production';
  readonly accounts?: readonly DemoAccount[];
  readonly clientSecret?: string;
}

export interface DevelopmentProvider extends Running {
  readonly url: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whom the register must know before they can work: grant each its role. */
  readonly signIns: readonly DemoAccount[];
}

const CLIENT_ID = 'diktyo-desk';
const TEXTS = 'engine/connect/login/texts.json';
const ROLES: readonly Role[] = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'];
const DEMO_MUNICIPALITIES = ['9230', '9220'];

interface Texts {
  readonly title: string;
  readonly intro: string;
  readonly municipalities: Readonly<Record<string, string>>;
  readonly municipality: string;
  readonly roles: Readonly<Record<Role, string>>;
}

export function demoAccounts(): readonly DemoAccount[] {
  const texts = readTexts();
  return DEMO_MUNICIPALITIES.flatMap((municipality) =>
    ROLES.map((role) => ({ subject: `${role}-${municipality}`, name: `${texts.roles[role]} (${texts.municipalities[municipality] ?? municipality})`, municipality, role })),
  );
}

export async function startDevelopmentProvider(order: DevelopmentProviderOrder): Promise<DevelopmentProvider> {
  if (order.mode === 'production') throw new Error('the development identity provider does not run in production: set DIKTYO_LOGIN_ISSUER');
  const accounts = order.accounts ?? demoAccounts();
  const clientSecret = order.clientSecret ?? randomBytes(24).toString('base64url');
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  const port = await listen(server, order.port);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = await createProvider({ issuer, clientSecret, accounts, callback: `${order.engineUrl}/api/v1/staff/callback` });
  const answerProtocol = provider.callback();
  answer = (request, response) => {
    if (!request.url?.startsWith('/sign-in/')) return void answerProtocol(request, response);
    answerSignIn({ provider, accounts, request, response }).catch(() => {
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' });
      response.end();
    });
  };
  return {
    url: issuer,
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    signIns: accounts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

interface ProviderOrder {
  readonly issuer: string;
  readonly clientSecret: string;
  readonly accounts: readonly DemoAccount[];
  readonly callback: string;
}

async function createProvider({ issuer, clientSecret, accounts, callback }: ProviderOrder): Promise<Provider> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [callback],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'development' } as never] },
    cookies: { keys: [randomBytes(24).toString('hex')], names: { session: 'idp_session', interaction: 'idp_interaction', resume: 'idp_resume' } },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_ctx, subject) => {
      const account = accounts.find((candidate) => candidate.subject === subject);
      return account && { accountId: subject, claims: () => ({ sub: subject }) };
    },
    // One client, our own desk, and only the subject: nothing to consent to.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    ttl: { Session: 3600, Interaction: 600, AuthorizationCode: 60, IdToken: 600, AccessToken: 600, Grant: 3600 },
  };
  return withoutNotices(async () => {
    const library = await import('oidc-provider');
    return new library.Provider(issuer, configuration);
  });
}

/** The library tells at import that this Node is old for it, and that its memory is not for production: known, and meant. */
const KNOWN_NOTICES = ['Unsupported runtime', 'quick start development-only in-memory adapter'];

async function withoutNotices<Result>(make: () => Promise<Result>): Promise<Result> {
  const { warn } = console;
  console.warn = (...parts: unknown[]) => {
    if (!KNOWN_NOTICES.some((notice) => String(parts[0]).includes(notice))) warn(...parts);
  };
  try {
    return await make();
  } finally {
    console.warn = warn;
  }
}

interface SignInRequest {
  readonly provider: Provider;
  readonly accounts: readonly DemoAccount[];
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** GET shows the accounts; POST signs the chosen one in and sends the browser back to the engine. */
async function answerSignIn({ provider, accounts, request, response }: SignInRequest): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src ${STYLE_HASH}; img-src data:; frame-ancestors 'none'; base-uri 'none'`,
    });
    response.end(signInPage(uid, accounts));
    return;
  }
  const subject = new URLSearchParams(await readBody(request)).get('account') ?? '';
  if (!accounts.some((account) => account.subject === subject)) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end();
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: subject, remember: false } }, { mergeWithLastSubmission: false });
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) {
    body += String(part);
    if (body.length > 2_000) throw new Error('the body is too large');
  }
  return body;
}

function readTexts(): Texts {
  return JSON.parse(readFileSync(join(packageRoot(), TEXTS), 'utf8')) as Texts;
}

/** Told to the browser by its hash: nothing else inline is taken. */
const STYLE = [
  'body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#12202b;background:#f1f5f8}main{max-width:34rem;margin:0 auto;padding:2rem 1rem}',
  'h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.05rem;margin:1.5rem 0 .6rem}p{margin:0 0 .5rem}',
  'button{inline-size:100%;min-block-size:2.9rem;padding:.5rem 1rem;font:inherit;font-weight:600;text-align:start;color:#003d7a;background:#fff;border:1px solid #6b7f8f;border-radius:.4rem;cursor:pointer}',
  'button:hover{background:#e6eef6}:focus-visible{outline:3px solid #003d7a;outline-offset:2px}',
].join('');
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

function signInPage(uid: string, accounts: readonly DemoAccount[]): string {
  const texts = readTexts();
  const groups = [...new Set(accounts.map(({ municipality }) => municipality))].map((municipality) => {
    const buttons = accounts
      .filter((account) => account.municipality === municipality)
      .map(({ subject, name }) => `<p><button type="submit" name="account" value="${escape(subject)}">${escape(name)}</button></p>`);
    return `<section><h2>${escape(texts.municipality)} ${escape(texts.municipalities[municipality] ?? municipality)}</h2>${buttons.join('')}</section>`;
  });
  return [
    '<!doctype html><html lang="el"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<link rel="icon" href="data:,"><style>${STYLE}</style><title>${escape(texts.title)}</title></head><body><main><h1>${escape(texts.title)}</h1><p>${escape(texts.intro)}</p>`,
    `<form method="post" action="/sign-in/${escape(uid)}">${groups.join('')}</form></main></body></html>`,
  ].join('\n');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
