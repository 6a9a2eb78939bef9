import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Door } from './door.js';
import { MANDRA, call, fileVolunteer, openDoor } from './door.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('a browser that opens an address which leads nowhere', () => {
  it.each(['/apply/9230/no-such-programme', '/apply/9999/wildfire-aid', '/municipalities/0000', '/nothing', '/track/9230?lang=xx'])('%s is answered with a page, in both languages', async (url) => {
    const response = await call(door, 'GET', url, { headers: BROWSER });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).toMatch(/<html lang="el">[\s\S]*<section lang="en">[\s\S]*href="\/"/);
    expect(response.body).not.toMatch(/<script|<style|style=/);
  });

  it('a program hears problem details at the same address, and at the interface everybody does', async () => {
    expect((await call(door, 'GET', '/nothing')).headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect((await call(door, 'GET', '/api/v1/nothing', { headers: BROWSER })).headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect((await call(door, 'POST', '/nothing', { headers: BROWSER, body: {} })).headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  it('what others hang on an address that they pass on is not read', async () => {
    for (const url of ['/track/9230?fbclid=abc', '/apply/9230/wildfire-aid?utm_source=poster&lang=en']) expect((await call(door, 'GET', url, { headers: BROWSER })).statusCode, url).toBe(200);
  });

  it.each(['/%E0%A4%A', '/apply/9230/%', '/%zz'])('%s, which no browser writes, is a page too, with every header', async (url) => {
    const response = await call(door, 'GET', url, { headers: BROWSER });
    expect(response.statusCode).toBe(400);
    expect(response.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': expect.stringContaining("default-src 'none'") as string, 'x-content-type-options': 'nosniff' });
    expect(response.body).toMatch(/Η διεύθυνση δεν διαβάζεται[\s\S]*The address cannot be read/);
  });

  it('what stands in the address is never read back', async () => {
    expect((await call(door, 'GET', '/apply/9230/%3Cscript%3Ealert(1)', { headers: BROWSER })).body).not.toContain('alert(1)');
  });
});

describe('the first page', () => {
  it('leads first to the municipalities that take applications here', async () => {
    const { body } = await call(door, 'GET', '/', { headers: BROWSER });
    const [before = '', offering = '', others = ''] = body.split('<h2>');
    expect(before).not.toContain('/municipalities/');
    expect(offering).toMatch(/^Δέχονται αιτήσεις από εδώ<\/h2>/);
    expect([...offering.matchAll(/\/municipalities\/(\d{4})/g)].map(([, code]) => code)).toContain(MANDRA);
    expect(offering).not.toContain('9179');
    expect([...others.matchAll(/\/municipalities\//g)].length).toBeGreaterThan(60);
  });
});

describe('a municipality that offers nothing yet', () => {
  it('says so instead of showing an empty list', async () => {
    const { body } = await call(door, 'GET', '/municipalities/9179', { headers: BROWSER });
    expect(body).toContain('Ο δήμος δεν δέχεται αιτήσεις από εδώ προς το παρόν.');
    expect((await call(door, 'GET', `/municipalities/${MANDRA}`)).body).not.toContain('προς το παρόν');
  });
});

describe('an action on a case that is closed', () => {
  it('hears that it is closed, and no advice to look again', async () => {
    const { applicationId } = await fileVolunteer(door);
    const sql = postgres(door.database.ownerUrl, { max: 1 });
    await sql`update diktyo.case_record set closed = true where municipality = ${MANDRA} and case_id = ${applicationId}`;
    await sql.end();
    const as = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
    const response = await call(door, 'POST', `/api/v1/staff/${MANDRA}/cases/${applicationId}/actions`, { as, body: { kind: 'withdrawn' } });
    expect(response.json()).toMatchObject({ status: 409, code: 'case.closed', title: { el: 'Η υπόθεση έχει κλείσει' } });
  });
});
