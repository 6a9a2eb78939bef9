import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDocument } from '#engine/api/documents/inspection.js';
import { clamdScanner } from '#engine/api/documents/scanner.js';
import type { ScanVerdict } from '#engine/api/documents/scanner.js';
import type { Door } from './door.js';
import { MANDRA, MARATHON, call, fileVolunteer, newKey, openDoor } from './door.js';
import { jpeg, pdf, pdfWithObjectStream, png } from './files.js';

describe('the structure of a file', () => {
  it.each([
    ['a PDF', pdf(), 'application/pdf', null],
    ['a PDF that opens on a page', pdf('1 0 obj << /Type /Catalog /OpenAction [2 0 R /Fit] >> endobj'), 'application/pdf', null],
    ['a PDF with objects packed away', pdfWithObjectStream('1 0 << /Type /Catalog >>'), 'application/pdf', null],
    ['a PNG', png(), 'image/png', null],
    ['a JPEG', jpeg(4000, 3000), 'image/jpeg', null],
    ['a PDF with JavaScript', pdf('1 0 obj << /S /JavaScript /JS (app.alert) >> endobj'), 'application/pdf', 'document.activeContent'],
    ['a PDF with JavaScript spelled with codes', pdf('1 0 obj << /S /J#61vaScript >> endobj'), 'application/pdf', 'document.activeContent'],
    ['a PDF with JavaScript packed away', pdfWithObjectStream('1 0 << /S /JavaScript /JS (x) >>'), 'application/pdf', 'document.activeContent'],
    ['a PDF with a file inside', pdf('1 0 obj << /EmbeddedFiles 3 0 R >> endobj'), 'application/pdf', 'document.activeContent'],
    ['a PDF that launches', pdf('1 0 obj << /S /Launch /F (cmd.exe) >> endobj'), 'application/pdf', 'document.activeContent'],
    ['a PDF whose packed objects unpack without end', pdfWithObjectStream('0'.repeat(40_000_000)), 'application/pdf', 'document.activeContent'],
    ['a locked PDF', pdf('1 0 obj << >> endobj\ntrailer << /Encrypt 5 0 R >>'), 'application/pdf', 'document.encrypted'],
    ['a PDF that is also HTML', pdf('<html><script>alert(1)</script></html>'), 'application/pdf', 'document.contentDiffers'],
    ['HTML that is called PDF', Buffer.from('<!doctype html><p>%PDF-1.7 %%EOF'), 'application/pdf', 'document.contentDiffers'],
    ['an SVG that is called PNG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'image/png', 'document.contentDiffers'],
    ['a PNG with something after its end', png(1, 1, Buffer.from('<script>')), 'image/png', 'document.contentDiffers'],
    ['a PNG of 30,000 by 30,000', png(30_000, 30_000), 'image/png', 'document.dimensions'],
    ['a JPEG of 60,000 by 60,000', jpeg(60_000, 60_000), 'image/jpeg', 'document.dimensions'],
    ['a PNG that is called JPEG', png(), 'image/jpeg', 'document.contentDiffers'],
    ['a zip', Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(100)]), 'application/pdf', 'document.contentDiffers'],
    ['a truncated JPEG', jpeg().subarray(0, 12), 'image/jpeg', 'document.contentDiffers'],
  ])('of %s', (_name, bytes, mediaType, code) => {
    expect(inspectDocument(bytes, mediaType)?.code ?? null).toBe(code);
  });
});

let door: Door;
let verdict: ScanVerdict = 'clean';
beforeAll(async () => {
  door = await openDoor({ scanner: { scan: () => Promise.resolve(verdict) } });
});
afterAll(() => door.close());

const base = `/api/v1/municipalities/${MANDRA}/drafts`;

async function draftHeaders(): Promise<{ authorization: string }> {
  const begun = await call(door, 'POST', base, { body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers: {} } });
  return { authorization: `Draft ${begun.json<{ resumeCode: string }>().resumeCode}` };
}

interface Announced {
  documentId: string;
}

const announce = (headers: Record<string, string>, changes: Record<string, unknown> = {}) =>
  call(door, 'POST', `${base}/current/documents`, { headers, body: { kind: 'lastE1', name: 'Ε1.pdf', mediaType: 'application/pdf', sizeBytes: pdf().length, ...changes } });

interface Put {
  readonly documentId: string;
  readonly bytes: Buffer;
  readonly headers: Record<string, string>;
  readonly type?: string;
}
const put = ({ documentId, bytes, headers, type = 'application/pdf' }: Put) =>
  call(door, 'PUT', `${base}/current/documents/${documentId}`, { body: bytes, headers: { ...headers, 'content-type': type, 'content-length': String(bytes.length) } });

describe('an upload', () => {
  it('is announced, sent, checked, and stands in the draft; the same bytes again change nothing', async () => {
    const headers = await draftHeaders();
    const announced = await announce(headers, { name: '../../etc/\u202eΕ1.pdf' });
    expect(announced.json()).toMatchObject({ state: 'expected', name: 'Ε1.pdf' });
    const { documentId } = announced.json<Announced>();
    expect((await put({ documentId, bytes: pdf(), headers })).json()).toMatchObject({ documentId, state: 'clean' });
    expect((await put({ documentId, bytes: pdf(), headers })).json()).toMatchObject({ state: 'clean' });
    const draft = await call(door, 'GET', `${base}/current`, { headers });
    expect(draft.json()).toMatchObject({ documents: [{ documentId, state: 'clean' }] });
  });

  it.each([
    [{ kind: 'nothing' }, 422, 'document.kindUnknown'],
    [{ mediaType: 'image/svg+xml' }, 400, 'request.invalid'],
    [{ sizeBytes: 19_999_999 }, 413, 'document.tooLarge'],
    [{ sizeBytes: 0 }, 400, 'request.invalid'],
    [{ files: ['/etc/passwd'] }, 400, 'request.invalid'],
  ])('announced as %j is refused', async (changes, status, code) => {
    const response = await announce(await draftHeaders(), changes);
    expect(response.json()).toMatchObject({ status, code });
  });

  it('that is not what was announced is refused before it is read', async () => {
    const headers = await draftHeaders();
    const { documentId } = (await announce(headers)).json<Announced>();
    expect((await put({ documentId, bytes: Buffer.concat([pdf(), Buffer.alloc(1)]), headers })).json()).toMatchObject({ code: 'document.notAsAnnounced' });
    expect((await put({ documentId, bytes: pdf(), headers, type: 'image/png' })).json()).toMatchObject({ code: 'document.notAsAnnounced' });
    expect((await put({ documentId, bytes: pdf(), headers: await draftHeaders() })).json()).toMatchObject({ code: 'document.notAsAnnounced' });
    expect((await put({ documentId: '00000000-0000-4000-8000-000000000000', bytes: pdf(), headers })).json()).toMatchObject({ code: 'document.notAsAnnounced' });
    expect((await put({ documentId, bytes: Buffer.from('{}'), headers, type: 'application/json' })).statusCode).toBe(415);
  });

  it('that fails the inspection is refused, remembered, and its bytes are not kept', async () => {
    const headers = await draftHeaders();
    const bytes = pdf('1 0 obj << /S /JavaScript >> endobj');
    const { documentId } = (await announce(headers, { sizeBytes: bytes.length })).json<Announced>();
    expect((await put({ documentId, bytes, headers })).json()).toMatchObject({ code: 'document.activeContent', status: 422 });
    expect((await call(door, 'GET', `${base}/current`, { headers })).json()).toMatchObject({ documents: [{ documentId, state: 'refused' }] });
  });

  it('while the scanner is away is accepted and kept in quarantine; what the scanner refuses is refused', async () => {
    const headers = await draftHeaders();
    verdict = 'unknown';
    const quiet = (await announce(headers)).json<Announced>();
    expect((await put({ documentId: quiet.documentId, bytes: pdf(), headers })).json()).toMatchObject({ state: 'quarantined' });
    verdict = 'refused';
    const infected = (await announce(headers)).json<Announced>();
    expect((await put({ documentId: infected.documentId, bytes: pdf(), headers })).json()).toMatchObject({ code: 'document.malware' });
    verdict = 'clean';
  });
});

const WILDFIRE = JSON.parse(readFileSync(new URL('../../bench/wildfire-answers.json', import.meta.url), 'utf8')) as Record<string, unknown>;

describe('a paper at the counter', () => {
  it('is not asked for on the receipt, though no answer names it; a repeat says the same', async () => {
    const as = await door.signIn([{ municipality: MANDRA, role: 'supervisor' }]);
    const place = `/api/v1/staff/${MANDRA}`;
    const { documentId } = (await call(door, 'POST', `${place}/documents`, { as, body: { kind: 'identityPaper', name: 'Ταυτότητα.pdf', mediaType: 'application/pdf', sizeBytes: pdf().length } })).json<Announced>();
    await call(door, 'PUT', `${place}/documents/${documentId}`, { as, body: pdf(), headers: { 'content-type': 'application/pdf', 'content-length': String(pdf().length) } });
    const file = async (documentIds: readonly string[], key = newKey()): Promise<string[]> => {
      const answer = await call(door, 'POST', `${place}/applications`, { as, key, body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers: WILDFIRE, documentIds, documentsMissing: [], language: 'el' } });
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json<{ missingDocuments: { kind: string }[] }>().missingDocuments.map(({ kind }) => kind);
    };
    const key = newKey();
    const missing = await file([documentId], key);
    expect(missing).not.toContain('identityPaper');
    expect(await file([documentId], key)).toEqual(missing);
    // Counter-proof: without the file the receipt asks for it.
    expect(await file([])).toEqual(['identityPaper', ...missing]);
  });

  it('is taken in for a case, downloaded as a file to save, by its own municipality only, and never from quarantine', async () => {
    const filed = await fileVolunteer(door);
    const as = await door.signIn([{ municipality: MANDRA, role: 'supervisor' }, { municipality: MARATHON, role: 'supervisor' }]);
    const place = `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/documents`;
    // The registry of volunteers asks for no paper; a file for no case is checked when it is filed.
    expect((await call(door, 'POST', place, { as, body: { kind: 'lastE1', name: 'x', mediaType: 'application/pdf', sizeBytes: 10 } })).json()).toMatchObject({ code: 'document.kindUnknown' });
    const free = `/api/v1/staff/${MANDRA}/documents`;
    const upload = async (state: ScanVerdict): Promise<string> => {
      verdict = state;
      const { documentId } = (await call(door, 'POST', free, { as, body: { kind: 'lastE1', name: 'Ε1 του πολίτη.pdf', mediaType: 'application/pdf', sizeBytes: pdf().length } })).json<Announced>();
      await call(door, 'PUT', `${free}/${documentId}`, { as, body: pdf(), headers: { 'content-type': 'application/pdf', 'content-length': String(pdf().length) } });
      verdict = 'clean';
      return documentId;
    };
    const [clean, quiet] = [await upload('clean'), await upload('unknown')];
    const application = await fileAtCounter(as, { documentIds: [clean, quiet] });
    expect(application.statusCode, application.body).toBe(201);
    const { applicationId } = application.json<{ applicationId: string }>();
    const file = await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${applicationId}`, { as });
    expect(file.json()).toMatchObject({ channel: 'desk', actor: { kind: 'staff', onBehalf: 'desk' }, documents: [{ state: 'clean' }, { state: 'quarantined' }] });
    const download = await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${applicationId}/documents/${clean}`, { as });
    expect(download.rawPayload.equals(pdf())).toBe(true);
    expect(download.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="document"; filename*=UTF-8''${encodeURIComponent('Ε1 του πολίτη.pdf')}`,
    });
    const look = await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${applicationId}/documents/${clean}?view=inline`, { as });
    expect(look.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-disposition': expect.stringMatching(/^inline; /) as string });
    expect(look.headers['content-security-policy']).toMatch(/^default-src 'none';.*frame-ancestors 'self'/);
    expect((await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${applicationId}/documents/${quiet}?view=inline`, { as })).statusCode).toBe(404);
    expect((await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${applicationId}/documents/${quiet}`, { as })).statusCode).toBe(404);
    expect((await call(door, 'GET', `/api/v1/staff/${MARATHON}/cases/${applicationId}/documents/${clean}`, { as })).statusCode).toBe(404);
    expect((await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/documents/${clean}`, { as })).statusCode).toBe(404);
  });
});

describe('papers of an application filed at the counter', () => {
  const free = `/api/v1/staff/${MANDRA}/documents`;
  let as: Awaited<ReturnType<Door['signIn']>>;
  beforeAll(async () => {
    as = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
  });
  const send = async (kind: string, { by = as, mediaType = 'application/pdf', bytes = pdf() } = {}): Promise<string> => {
    const { documentId } = (await call(door, 'POST', free, { as: by, body: { kind, name: 'χαρτί', mediaType, sizeBytes: bytes.length } })).json<Announced>();
    await call(door, 'PUT', `${free}/${documentId}`, { as: by, body: bytes, headers: { 'content-type': mediaType, 'content-length': String(bytes.length) } });
    return documentId;
  };
  const findingsOf = (response: { json<T>(): T }) => response.json<{ findings: { code: string; pointer: string }[] }>().findings.map(({ code, pointer }) => [code, pointer]);

  it('are scanned, or seen and kept, or missing: the receipt asks only for what is missing', async () => {
    const filed = await fileAtCounter(as, { documentIds: [await send('lastE1')], documentsSeen: ['identityPaper'], documentsMissing: ['largeFamilyCertificate', 'disabilityOpinion'] });
    expect(filed.statusCode, filed.body).toBe(201);
    const { applicationId, missingDocuments } = filed.json<{ applicationId: string; missingDocuments: { kind: string }[] }>();
    expect(missingDocuments.map(({ kind }) => kind).sort()).toEqual(['disabilityOpinion', 'largeFamilyCertificate']);
    const file = (await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${applicationId}`, { as })).json<object>();
    expect(file).toMatchObject({ actor: { kind: 'staff', role: 'desk', papersSeen: ['identityPaper'] }, documents: [{ kind: 'lastE1', state: 'clean' }] });
  });

  it('are held to the version that will be filed under as soon as they are announced', async () => {
    const announce = (body: object) => call(door, 'POST', `${free}?hash=${door.hashes['wildfire-aid'] ?? ''}`, { as, body: { kind: 'lastE1', name: 'x', mediaType: 'application/pdf', sizeBytes: 10, ...body } });
    expect((await announce({})).statusCode).toBe(201);
    expect((await announce({ kind: 'taxReturn' })).json()).toMatchObject({ code: 'document.kindUnknown' });
    expect((await announce({ sizeBytes: 19_999_999 })).json()).toMatchObject({ code: 'document.tooLarge' });
  });

  it('are refused when the programme does not ask for them, when they are too many, or never arrived', async () => {
    const many = await Promise.all(Array.from({ length: 5 }, () => send('lastE1')));
    expect(findingsOf(await fileAtCounter(as, { documentIds: many }))).toEqual([['document.tooMany', '/documentIds/4']]);
    expect(findingsOf(await fileAtCounter(as, { documentIds: [await send('taxReturn')] }))).toEqual([['document.kindUnknown', '/documentIds/0']]);
    const { documentId } = (await call(door, 'POST', free, { as, body: { kind: 'lastE1', name: 'x', mediaType: 'application/pdf', sizeBytes: 99 } })).json<Announced>();
    expect(findingsOf(await fileAtCounter(as, { documentIds: [documentId] }))).toEqual([['application.documentUnfinished', '/documentIds/0']]);
  });

  it('are the clerk’s own: nobody files what another has scanned, nor what holds something other than it says', async () => {
    const other = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
    expect(findingsOf(await fileAtCounter(as, { documentIds: [await send('lastE1', { by: other })] }))).toEqual([['application.documentUnknown', '/documentIds/0']]);
    const disguised = await send('lastE1', { bytes: Buffer.from('<!doctype html><p>%PDF-1.7 %%EOF') });
    expect(findingsOf(await fileAtCounter(as, { documentIds: [disguised] }))).toEqual([['application.documentUnfinished', '/documentIds/0']]);
  });
});

async function fileAtCounter(as: Awaited<ReturnType<Door['signIn']>>, changes: object) {
  const { readProgrammeFolder } = await import('#definitions/folder/programme-folder.js');
  const { packageRoot } = await import('#engine/settings/package-root.js');
  const { cases, caseNames } = await readProgrammeFolder(`${packageRoot()}/definitions/programmes/wildfire-aid`);
  const answers = { ...cases[caseNames.indexOf('large-family-and-disability')]?.answers, email: 'politis@example.org' };
  return call(door, 'POST', `/api/v1/staff/${MANDRA}/applications`, {
    as, body: { programme: 'wildfire-aid', hash: door.hashes['wildfire-aid'], answers, documentIds: [], documentsMissing: [], language: 'el', ...changes },
  });
}

describe('the scanner of malware', () => {
  const serve = async (answer: string | null): Promise<{ port: number; received: () => Buffer; close: () => void }> => {
    const parts: Buffer[] = [];
    const server = createServer((socket) => {
      if (answer === null) return void socket.destroy();
      socket.on('data', (part) => {
        parts.push(part);
        if (Buffer.concat(parts).subarray(-4).equals(Buffer.alloc(4))) socket.end(`stream: ${answer}\0`);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return { port: (server.address() as AddressInfo).port, received: () => Buffer.concat(parts), close: () => server.close() };
  };

  it.each([
    ['OK', 'clean'],
    ['Eicar-Test-Signature FOUND', 'refused'],
    ['INSTREAM size limit exceeded. ERROR', 'unknown'],
    [null, 'unknown'],
  ])('that answers %s means %s', async (answer, expected) => {
    const clamd = await serve(answer);
    const bytes = Buffer.alloc(100_000, 7);
    expect(await clamdScanner({ host: '127.0.0.1', port: clamd.port }).scan(bytes)).toBe(expected);
    if (answer !== null) {
      const received = clamd.received();
      expect(received.toString('latin1', 0, 10)).toBe('zINSTREAM\0');
      expect(received.readUInt32BE(10)).toBe(65_536);
      expect(received.length).toBe(10 + 4 + 65_536 + 4 + (100_000 - 65_536) + 4);
    }
    clamd.close();
  });
});
