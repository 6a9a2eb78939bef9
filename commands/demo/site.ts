import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Running } from '#engine/contract/settings.js';
import { packageRoot } from '#engine/settings/package-root.js';

const FOLDER = 'widgets/demo-site';
const PAGES = ['home', 'apply', 'track', 'volunteers'] as const;
const LANGUAGES = ['el', 'en'] as const;
const FILES: Readonly<Record<string, string>> = { '/site.css': 'text/css; charset=utf-8', '/crest-mandra.svg': 'image/svg+xml', '/crest-marathon.svg': 'image/svg+xml' };

type Page = (typeof PAGES)[number];
/** A page of the menu, or what stands where there is none. */
type Shown = Page | 'missing';
type Language = (typeof LANGUAGES)[number];

interface Town {
  readonly name: string;
  readonly region: string;
  readonly address: string;
  readonly fire: string;
  readonly news: readonly (readonly [date: string, text: string])[];
}

interface Site {
  readonly municipalities: readonly ({ readonly slug: string; readonly code: string; readonly theme: string; readonly phone: string } & Readonly<Record<Language, Town>>)[];
  readonly words: Readonly<Record<Language, Readonly<Record<string, string>> & { readonly pages: Readonly<Record<Shown, string>> }>>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * The municipal site of the demonstration: plain pages with their own style sheet, from another origin than the engine and
 * under the strictest policy that lets the widgets in. Knows nothing of the engine but its address.
 */
export async function startDemoSite({ port, engineUrl }: { readonly port: number; readonly engineUrl: string }): Promise<Running> {
  const engine = new URL(engineUrl).origin;
  const server = createServer((request, response) => {
    answer(request, engine).then(
      (reply) => send(response, { ...reply, engine, withBody: request.method !== 'HEAD' }),
      () => send(response, { status: 500, type: 'text/plain; charset=utf-8', body: 'error', engine, withBody: true }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Nothing inline, nothing evaluated, nothing from elsewhere: what a careful municipality sets. */
export function policyOf(engine: string): string {
  return [
    "default-src 'self'", `script-src 'self' ${engine}`, `connect-src ${engine}`, "style-src 'self'", "img-src 'self'", "object-src 'none'",
    "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types diktyo',
  ].join('; ');
}

function send(response: ServerResponse, { status, type, body, engine, withBody }: Answer & { readonly engine: string; readonly withBody: boolean }): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policyOf(engine),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cache-control': 'no-cache',
    ...(status === 302 ? { location: body } : {}),
  });
  response.end(withBody && status !== 302 ? body : '');
}

async function answer(request: IncomingMessage, engine: string): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://site');
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, type: 'text/plain', body: '' };
  const type = FILES[pathname];
  if (type !== undefined) return { status: 200, type, body: await read(pathname.slice(1)) };
  const site = JSON.parse(await read('site.json')) as Site;
  const home = site.municipalities[0]?.slug ?? '';
  if (pathname === '/') return { status: 302, type: 'text/plain', body: `/${home}/` };
  const [slug, ...rest] = pathname.slice(1).split('/');
  const known = site.municipalities.find((one) => one.slug === slug);
  const municipality = known ?? site.municipalities[0];
  const language: Language = rest[0] === 'en' ? 'en' : 'el';
  const name = (language === 'en' ? rest[1] : rest[0]) ?? '';
  const page = PAGES.find((one) => (one === 'home' ? '' : one) === name);
  if (municipality === undefined) return { status: 404, type: 'text/plain; charset=utf-8', body: '404' };
  const shown: Shown = known === undefined ? 'missing' : (page ?? 'missing');
  return { status: shown === 'missing' ? 404 : 200, type: 'text/html; charset=utf-8', body: await renderPage(site, { municipality, language, page: shown, engine }) };
}

interface Wanted {
  readonly municipality: Site['municipalities'][number];
  readonly language: Language;
  readonly page: Shown;
  readonly engine: string;
}

async function renderPage(site: Site, wanted: Wanted): Promise<string> {
  const { municipality, language, page, engine } = wanted;
  const { pages, ...words } = site.words[language];
  const town = municipality[language];
  const other = site.municipalities.find(({ slug }) => slug !== municipality.slug) ?? municipality;
  const urlOf = (to: Page, in_: Language, slug = municipality.slug): string => `/${slug}/${in_ === 'en' ? 'en/' : ''}${to === 'home' ? '' : to}`;
  const menuPage = page === 'missing' ? 'home' : page;
  const urls = Object.fromEntries(PAGES.map((to) => [`${to}Url`, urlOf(to, language)]));
  const texts: Record<string, string> = {
    ...words, ...urls, engine, lang: language, title: pages[page], name: town.name, region: town.region, address: town.address, fire: town.fire, code: municipality.code,
    theme: municipality.theme, phone: municipality.phone, phoneDigits: municipality.phone.replace(/\D/g, ''), home: urlOf('home', language),
    elUrl: urlOf(menuPage, 'el'), enUrl: urlOf(menuPage, 'en'), otherUrl: urlOf('home', language, other.slug), otherName: other[language].name,
  };
  const nav = PAGES.map((to) => `<li><a href="${urlOf(to, language)}"${to === page ? ' aria-current="page"' : ''}>${escape(pages[to])}</a></li>`).join('');
  const body = fill(await read(`pages/${page}.${language}.html`), { texts, parts: { aside: renderAside(town, texts) } });
  return fill(await read('layout.html'), { texts, parts: { nav, body } });
}

function renderAside(town: Town, texts: Readonly<Record<string, string>>): string {
  const format = new Intl.DateTimeFormat(texts['lang'] === 'en' ? 'en-GB' : 'el-GR', { dateStyle: 'long', timeZone: 'UTC' });
  const items = town.news.map(([date, text]) => `<li><time datetime="${date}">${format.format(new Date(date))}</time>${escape(text)}</li>`).join('');
  return `<aside><h2>${escape(texts['news'] ?? '')}</h2><ul class="news">${items}</ul><h2>${escape(texts['phones'] ?? '')}</h2><p>${escape(texts['phonesText'] ?? '')}</p></aside>`;
}

interface Contents {
  /** Escaped on their way. */
  readonly texts: Readonly<Record<string, string>>;
  /** Markup already. */
  readonly parts: Readonly<Record<string, string>>;
}

function fill(template: string, { texts, parts }: Contents): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => parts[name] ?? (texts[name] === undefined ? whole : escape(texts[name])));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function read(file: string): Promise<string> {
  return readFile(join(packageRoot(), FOLDER, file), 'utf8');
}
