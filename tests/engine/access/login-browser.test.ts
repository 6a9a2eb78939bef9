import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { freePort } from '#commands/servers/ports.js';
import { createStaffLogin } from '#engine/access/login.js';
import { createAccess } from '#engine/access/sessions.js';
import { startDevelopmentProvider } from '#engine/connect/login/development-provider.js';
import type { DevelopmentProvider } from '#engine/connect/login/development-provider.js';
import { openStore } from '#engine/store/connection.js';
import { openBrowser } from '../../support/browser.js';
import type { Door } from '../api/door.js';
import { openDoor } from '../api/door.js';

let door: Door;
let provider: DevelopmentProvider;
let browser: Browser;
let engineUrl: string;

beforeAll(async () => {
  const port = await freePort();
  engineUrl = `http://127.0.0.1:${port}`;
  provider = await startDevelopmentProvider({ port: 0, engineUrl, mode: 'development' });
  const login = createStaffLogin({
    login: { issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret, insecure: true },
    publicUrl: engineUrl,
    codeKey: new Uint8Array(randomBytes(32)),
  });
  door = await openDoor({ publicUrl: engineUrl, login });
  const owner = openStore({ databaseUrl: door.database.ownerUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
  for (const { subject, name, municipality, role } of provider.signIns) await createAccess(owner).grant({ issuer: provider.issuer, subject, name, municipality, role, by: 'tests' });
  await owner.close();
  await door.app.listen({ host: '127.0.0.1', port });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await provider.close();
});

it('signing in works in a real browser on loopback: the cookie of the host is kept, sent, and out of reach of scripts', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${engineUrl}/api/v1/staff/login?returnTo=/desk`);
  await page.click('button[value="desk-9230"]');
  await page.waitForURL(`${engineUrl}/desk`);
  const session = await page.evaluate(async () => {
    const response = await fetch('/api/v1/staff/session');
    return { status: response.status, body: (await response.json()) as { csrfToken: string }, cookies: document.cookie };
  });
  expect(session.status).toBe(200);
  expect(session.cookies).toBe('');
  const [cookie] = (await context.cookies(engineUrl)).filter(({ name }) => name === '__Host-diktyo-session');
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  const write = (csrf: string): Promise<number> =>
    page.evaluate(async (token) => {
      const response = await fetch('/api/v1/staff/9230/search', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': token }, body: '{"text":"12"}' });
      return response.status;
    }, csrf);
  expect(await write('')).toBe(403);
  expect(await write(session.body.csrfToken)).toBe(200);
});

it('the engine’s own pages run under their own strict policy without one violation, and axe finds nothing in them', async () => {
  const page = await (await browser.newContext()).newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) violations.push(`${page.url()} ${message.text()}`);
  });
  for (const path of ['/', '/api', '/api/problems', '/api/problems/case.delayed', '/municipalities/9230', '/apply/9230/volunteer-registry', '/track/9230', '/desk']) {
    const response = await page.goto(`${engineUrl}${path}`);
    expect(response?.status(), path).toBe(200);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy, path).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe/);
  }
  // The development sign-in, on its own origin, with its one style known by its hash.
  await page.goto(`${engineUrl}/api/v1/staff/login`);
  expect(await page.locator('button').first().evaluate((button) => getComputedStyle(button).minBlockSize)).not.toBe('auto');
  expect(violations).toEqual([]);
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const path of ['/', '/api', '/api/problems', '/api/problems/case.delayed', '/municipalities/9230', '/apply/9230/volunteer-registry', '/api/v1/staff/callback', '/api/v1/staff/login', '/nowhere', '/outbox']) {
    await page.goto(`${engineUrl}${path}`);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => (await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`));
    expect(found, path).toEqual([]);
  }
  // Counter-proof: the policy is in force.
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return (window as { ran?: boolean }).ran ?? false;
  });
  expect(ran).toBe(false);
});
