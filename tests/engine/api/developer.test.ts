import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { Problem, ProblemFinding } from '#definitions/types/wire.js';
import { expectedAnswer } from '#engine/api/problems/expected.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Door } from './door.js';
import { MANDRA, VOLUNTEER, openDoor } from './door.js';

let door: Door;
let base: string;
let wildfire: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  door = await openDoor();
  await door.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(door.app.server.address() as AddressInfo).port}`;
  const { cases, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes/wildfire-aid'));
  wildfire = cases[caseNames.indexOf('large-family-and-disability')]?.answers ?? {};
});
afterAll(() => door.close());

/** As a developer would with curl: a body, two headers, and whatever comes back. */
async function post(body: unknown): Promise<Problem> {
  const response = await fetch(`${base}/api/v1/municipalities/${MANDRA}/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await response.json()) as Problem;
}

const filing = (programme: keyof Door['hashes'], answers: unknown): Record<string, unknown> => ({ programme, hash: door.hashes[programme], answers, documentIds: [], language: 'en' });
const at = ({ findings = [] }: Problem, pointer: string): ProblemFinding => {
  const found = findings.find((finding) => finding.pointer === pointer);
  if (!found) throw new Error(`nothing at ${pointer}: ${JSON.stringify(findings.map((finding) => finding.pointer))}`);
  return found;
};

describe('A developer who sends', () => {
  it('what a person would type is told how answers are kept, field by field, in both languages', async () => {
    const problem = await post(filing('volunteer-registry', { ...VOLUNTEER, phone: '6912345678', birthDate: '12/04/1990', hoursPerWeek: '4', conduct: 'yes', skills: 'cooking', email: 'a at b' }));
    expect(problem).toMatchObject({ status: 422, code: 'application.answersInvalid' });
    expect(at(problem, '/answers/phone')).toMatchObject({
      code: 'phone.malformed',
      expected: { en: expect.stringContaining('+306912345678') as string, el: expect.stringContaining('+306912345678') as string },
      fix: { en: 'Send a string in E.164, with + and country code, without spaces: "+306912345678".' },
    });
    expect(at(problem, '/answers/birthDate').expected?.en).toContain('yyyy-mm-dd');
    expect(at(problem, '/answers/hoursPerWeek').expected?.en).toMatch(/^a JSON integer, without quotes or decimals/);
    expect(at(problem, '/answers/conduct').expected?.en).toMatch(/^true, without quotes/);
    expect(at(problem, '/answers/skills').expected?.en).toMatch(/^an array of strings.*cooking/);
    expect(at(problem, '/answers/email').expected?.el).toContain('name@example.org');
    // Doing as told mends every one of them.
    const mended = await post(filing('volunteer-registry', { ...VOLUNTEER, phone: '+306912345678', birthDate: '1990-04-12', hoursPerWeek: 4, conduct: true, skills: ['cooking'], email: 'a@example.org' }));
    expect(mended).toMatchObject({ protocolNumber: expect.any(String) as string });
  });

  it('wrong parts deep inside is led to the very part: an address, a member of the household, an identity', async () => {
    const household = [{ name: 'Παιδί', memberBirthDate: '2010-5-10', relation: 'cousin', memberDisability67: 0 }];
    const homeAddress = { street: 'Οδός Δοκιμής', town: 'Μάνδρα', postcode: 19600 };
    const problem = await post(filing('wildfire-aid', { ...wildfire, household, homeAddress, identity: [{ kind: 'afm', value: '123' }], iban: 'GR16 0110 1250' }));
    expect(at(problem, '/answers/homeAddress/postcode').expected?.en).toBe('a string of five digits, the first from 1 to 8: "19600"');
    expect(at(problem, '/answers/household/0/memberBirthDate').expected?.en).toContain('yyyy-mm-dd');
    expect(at(problem, '/answers/household/0/relation').expected?.en).toBe('a string, one of: partner, child, parent, other');
    expect(at(problem, '/answers/household/0/memberDisability67').expected?.en).toBe('true or false, without quotes');
    expect(at(problem, '/answers/identity/0/value').expected?.en).toContain('idCard, passport, residencePermit');
    expect(at(problem, '/answers/iban').expected?.en).toContain('GR1601101250000000012300695');
  });

  it('fields that the form does not have, and none of those it has, hears which there are', async () => {
    const problem = await post(filing('wildfire-aid', { first_name: 'x', 'a/b~c': 1, __typename: 'Application' }));
    const unknown = at(problem, '/answers/first_name');
    expect(unknown.code).toBe('answer.unknown');
    expect(unknown.fix.en).toMatch(/^Leave this field out, or use one of the fields of this form: community, homeAddress, .*givenName/);
    expect(unknown.fix.en).not.toContain('dataUse');
    expect(at(problem, '/answers/a~1b~0c').code).toBe('answer.unknown');
    expect(at(problem, '/answers/givenName')).toMatchObject({ expected: { en: expect.stringMatching(/^a string of one line/) as string } });
    expect(at(problem, '/answers/truthDeclaration').fix.en).toMatch(/^Send true, without quotes/);
  });

  it('another envelope hears the shape of this one: what is missing, what is unknown, what type belongs there', async () => {
    const problem = await post({ programme_id: 'volunteer-registry', hash: 'latest', answers: [], documentIds: 'none', language: 'de' });
    expect(problem).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(at(problem, '/programme').code).toBe('shape.missingField');
    expect(at(problem, '/programme_id').code).toBe('shape.unknownField');
    expect(at(problem, '/hash')).toMatchObject({ code: 'shape.pattern', expected: { en: '^sha256-[0-9a-f]{64}$' } });
    expect(at(problem, '/answers')).toMatchObject({ code: 'shape.type', expected: { en: 'object' } });
    expect(at(problem, '/documentIds')).toMatchObject({ code: 'shape.type', expected: { en: 'array' } });
    expect(at(problem, '/language')).toMatchObject({ code: 'shape.choice', expected: { en: expect.stringContaining('el') as string } });
  });

  it('JSON that is broken, or says one thing twice, hears where', async () => {
    const broken = await post('{"programme": "volunteer-registry",\n "answers": {"phone": }}');
    expect(broken).toMatchObject({ status: 400, code: 'request.jsonSyntax', detail: { en: expect.stringMatching(/\d/) as string } });
    const twice = await post('{"programme":"a","answers":{"phone":"1","phone":"2"}}');
    expect(twice).toMatchObject({ status: 400, code: 'request.jsonDuplicateKey', findings: [{ pointer: '/answers/phone' }] });
  });

  it('anything wrong never reads back what was sent', async () => {
    const canary = 'Καναρίνης-6912345678';
    const answers = { ...VOLUNTEER, phone: canary, birthDate: canary, skills: [canary], conduct: canary };
    expect(JSON.stringify(await post(filing('volunteer-registry', answers)))).not.toContain(canary);
  });
});

describe('Every type of field', () => {
  const { properties } = JSON.parse(readFileSync(join(packageRoot(), 'definitions/schemas/question.json'), 'utf8')) as { properties: { type: { enum: Question['type'][] } } };
  const asked = (question: Partial<Question>) => expectedAnswer({ form: { pages: [{ questions: [{ id: 'it', ...question }] }] } } as unknown as Programme, '/it').expected;

  it.each(properties.type.enum.filter((type) => type !== 'information' && type !== 'computed'))('%s has its own sentence', (type) => {
    const { el, en } = asked({ type, options: [], items: [] });
    expect([el, en].every((text) => text.length > 8)).toBe(true);
    expect(en).not.toMatch(/^one of the fields/);
  });

  it('of amounts and numbers names unit and bounds', () => {
    expect(asked({ type: 'money', min: 0, max: 5_000_000 }).en).toBe('a JSON integer of cents, without quotes: 1234.50 € is 123450, from 0 to 5000000');
    expect(asked({ type: 'number', min: 1 }).en).toBe('a JSON integer, without quotes or decimals, at least 1');
    expect(asked({ type: 'number', max: 9 }).el).toBe('ακέραιος αριθμός JSON, χωρίς εισαγωγικά ή δεκαδικά, το πολύ 9');
    expect(asked({ type: 'choice', options: Array.from({ length: 500 }, (_, index) => ({ value: `option${index}`, label: { el: 'α', en: 'a' } })) }).en.length).toBeLessThan(700);
  });
});

describe('Every question of every programme', () => {
  it.each(['wildfire-aid', 'volunteer-registry'])('%s says what the API takes, with nothing left to fill in', async (name) => {
    const { programme } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', name));
    const questions = programme.form.pages.flatMap((page) => page.questions);
    const pointers = questions.flatMap(({ id, items = [] }) => [`/${id}`, ...items.map((item) => `/${id}/0/${item.id}`)]);
    for (const pointer of ['', '/unknown', ...pointers]) {
      const { expected, fix } = expectedAnswer(programme, pointer);
      for (const text of [expected.el, expected.en, fix.el, fix.en]) {
        expect(text.length, pointer).toBeGreaterThan(8);
        expect(text, pointer).not.toMatch(/\{[a-z]+\}|undefined/);
      }
    }
  });
});
