import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import postgres from 'postgres';
import { seedDemo } from '#commands/demo/seed.js';
import { startDemoSite } from '#commands/demo/site.js';
import { startApi } from '#engine/api/main.js';
import { openBrowser } from '#tests/support/browser.js';
import { createTestDatabase } from '#tests/support/database.js';
import { findFreeBase } from '#tests/support/processes.js';
import { builtFolder } from '#tests/support/shared.js';

export interface Town {
  /** The municipality's page, from another origin than the engine. */
  readonly siteUrl: string;
  readonly engineUrl: string;
  readonly ownerUrl: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A municipality's page before the real engine on a real database; Temporal is away, as filing and tracking must bear. */
export async function startTown(): Promise<Town> {
  await builtFolder();
  const database = await createTestDatabase();
  const base = await findFreeBase();
  const engineUrl = `http://127.0.0.1:${base}`;
  const siteUrl = `http://127.0.0.1:${base + 1}`;
  const codeKey = randomBytes(32);
  const issuer = 'http://127.0.0.1:9/';
  await seedDemo({ ownerUrl: database.ownerUrl, apiUrl: database.apiUrl, engineUrl, siteUrl, issuer, codeKey: codeKey.toString('base64'), log: () => undefined });
  const api = await startApi({
    mode: 'development',
    publicUrl: engineUrl,
    host: '127.0.0.1',
    port: base,
    databaseUrl: database.apiUrl,
    databaseConnectionsMax: 5,
    temporal: { address: '127.0.0.1:9', namespace: 'default', tls: false },
    codeKey,
    login: { issuer, clientId: 'test', insecure: true },
    messages: { kind: 'catcher' },
    trustedProxies: [],
    logLevel: 'error',
  });
  const site = await startDemoSite({ port: base + 1, engineUrl });
  const browser = await openBrowser();
  return {
    siteUrl,
    engineUrl,
    ownerUrl: database.ownerUrl,
    browser,
    close: async () => {
      await browser.close();
      await site.close();
      await api.close();
      await database.drop();
    },
  };
}

export interface Visit {
  readonly page: Page;
  /** Whatever the browser refused or complained of: must stay empty. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A person with a browser of their own. */
export async function visit(town: Town, path: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await town.browser.newContext({ locale: 'el-GR', viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.setDefaultTimeout(20_000);
  await page.goto(town.siteUrl + path);
  return { page, complaints, close: () => context.close() };
}

/** What stands in the register: all, or what relatives filed. */
export async function countApplications(town: Pick<Town, 'ownerUrl'>, onBehalf?: 'relative'): Promise<number> {
  const sql = postgres(town.ownerUrl, { max: 1 });
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from diktyo.application where ${onBehalf === undefined} or actor ->> 'onBehalf' = ${onBehalf ?? ''}`;
  await sql.end();
  return row?.count ?? -1;
}
