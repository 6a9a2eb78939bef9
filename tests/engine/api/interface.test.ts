import { Ajv2020 } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '#engine/api/problems/catalogue.js';
import { examples, fc } from '#tests/support/properties.js';
import type { Door, SignedIn } from './door.js';
import { MANDRA, MARATHON, VOLUNTEER, call, fileVolunteer, openDoor } from './door.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly maxLength?: number;
}
interface Operation {
  readonly summary?: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly securitySchemes: object };
}

/** The description as another program would read it: nothing but itself. */
const ajv = new Ajv2020({ strict: false, allErrors: true });

let door: Door;
let described: Description;
let as: SignedIn;
let caseId: string;
let draft: string;
beforeAll(async () => {
  door = await openDoor();
  described = (await call(door, 'GET', '/api/v1/openapi.json')).json<Description>();
  as = await door.signIn((['desk', 'inspector', 'decider', 'supervisor', 'administrator'] as const).map((role) => ({ municipality: MANDRA, role })));
  caseId = (await fileVolunteer(door)).applicationId;
  const begun = await call(door, 'POST', `/api/v1/municipalities/${MANDRA}/drafts`, { body: { programme: 'volunteer-registry', hash: door.hashes['volunteer-registry'], answers: {} } });
  draft = begun.json<{ resumeCode: string }>().resumeCode;
});
afterAll(() => door.close());

const resolve = (schema: Schema): Schema => (schema.$ref === undefined ? schema : resolve(described.components.schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {}));

describe('the description of the interface', () => {
  it('is OpenAPI 3.1, whole: every reference leads somewhere, every operation says what it does', () => {
    expect(described.openapi).toBe('3.1.0');
    const references = [...JSON.stringify(described).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) expect(described.components.schemas[reference.replace('#/components/schemas/', '')], reference).toBeDefined();
    for (const [path, operations] of Object.entries(described.paths)) {
      for (const [method, operation] of Object.entries(operations)) expect(operation.summary?.length, `${method} ${path}`).toBeGreaterThan(5);
    }
  });

  it('has every route that a face uses, with its security', () => {
    const told = new Set(Object.entries(described.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`)));
    const routes = door.app.routeTable.filter(({ method, url }) => url.startsWith('/api/v1/') && !['HEAD', 'OPTIONS'].includes(method) && url !== '/api/v1/openapi.json');
    expect(routes.length).toBeGreaterThan(30);
    for (const { method, url, access } of routes) {
      const path = url.replace(/:(\w+)/g, '{$1}');
      expect(told, path).toContain(`${method} ${path}`);
      const security = described.paths[path]?.[method.toLowerCase()]?.security?.flatMap((one) => Object.keys(one)) ?? [];
      expect(security).toEqual(access.who === 'anyone' || access.who === 'operator' ? [] : [access.who]);
    }
  });

  it('names the headers without which a write is refused, and what a refusal looks like', () => {
    const headersOf = (method: string, path: string): readonly string[] =>
      (described.paths[path]?.[method]?.parameters ?? []).flatMap((parameter) => (parameter.in === 'header' && parameter.required === true ? [parameter.name] : []));
    expect(headersOf('post', '/api/v1/municipalities/{municipality}/applications')).toEqual(['Idempotency-Key']);
    expect(headersOf('post', '/api/v1/staff/{municipality}/cases/{caseId}/actions')).toEqual(['Idempotency-Key', 'X-CSRF-Token']);
    expect(headersOf('post', '/api/v1/staff/{municipality}/search')).toEqual(['X-CSRF-Token']);
    expect(headersOf('get', '/api/v1/staff/{municipality}/queue')).toEqual([]);
    for (const [path, operations] of Object.entries(described.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation.responses?.['default']?.content?.['application/problem+json']?.schema.$ref, `${method} ${path}`).toBe('#/components/schemas/Problem');
      }
    }
  });

  it('says what is sent and answered where that is no JSON: files, other addresses, what has not changed', () => {
    const upload = described.paths['/api/v1/tracking/documents/{documentId}']?.['put'];
    expect(Object.keys(upload?.requestBody?.content ?? {})).toEqual(['application/pdf', 'image/jpeg', 'image/png']);
    const file = described.paths['/api/v1/staff/{municipality}/cases/{caseId}/documents/{documentId}']?.['get'];
    expect(Object.keys(file?.responses?.['200']?.content ?? {})).toEqual(['application/pdf', 'image/jpeg', 'image/png']);
    for (const path of ['login', 'callback']) expect(Object.keys(described.paths[`/api/v1/staff/${path}`]?.['get']?.responses ?? {})).toEqual(['303', 'default']);
    expect(described.paths['/api/v1/municipalities']?.['get']?.responses?.['304']).toBeDefined();
  });

  it('is readable by people, and so is every code of a refusal', async () => {
    const page = await call(door, 'GET', '/api');
    expect(page.body).toContain('/api/v1/municipalities/{municipality}/applications');
    expect(page.body).not.toMatch(/<style|style=|onclick|<script/);
    for (const code of Object.keys(PROBLEMS)) expect((await call(door, 'GET', `/api/problems/${code}`)).statusCode).toBe(200);
    expect((await call(door, 'GET', '/api/problems/nothing')).statusCode).toBe(404);
  });
});

/** Values that a schema allows, and now and then one that it does not. */
function valueOf(given: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = resolve(given);
  const wild = fc.oneof(fc.constantFrom<unknown>(null, false, '', '0', -1, 1e308, [], {}, '\u202e', '%00', "' or 1=1 --", '../../etc/passwd'), fc.jsonValue({ maxDepth: 2 }));
  return fc.oneof({ weight: 9, arbitrary: tame(schema, depth) }, { weight: 1, arbitrary: wild });
}

function tame(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((branch) => valueOf(branch, depth)));
  if (schema.pattern !== undefined) return fc.oneof(fc.constantFrom(...KNOWN().filter((text) => new RegExp(schema.pattern ?? '').test(text)), 'x'), fc.stringMatching(new RegExp(schema.pattern)));
  if (schema.type === 'string') return fc.string({ maxLength: 30, unit: 'binary' });
  if (schema.type === 'integer') return fc.integer();
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'array') return fc.array(valueOf(schema.items ?? {}, depth + 1), { maxLength: 3 });
  if (schema.properties) {
    const properties = Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, valueOf(property, depth + 1)]));
    return fc.record(properties, { requiredKeys: [...(schema.required ?? [])] });
  }
  return fc.oneof(fc.constant(VOLUNTEER), fc.dictionary(fc.constantFrom(...Object.keys(VOLUNTEER), 'surprise'), fc.jsonValue({ maxDepth: 3 })));
}

/** What is answered is what was described: the status, the content type, and every property of the body. */
function expectDescribed(response: LightMyRequestResponse, operation: Operation | undefined): void {
  const status = String(response.statusCode);
  const told = operation?.responses?.[status] ?? (response.statusCode >= 400 ? operation?.responses?.['default'] : undefined);
  expect(told, `${status} is not described`).toBeDefined();
  if (response.body === '') return;
  const type = String(response.headers['content-type']).split(';')[0] ?? '';
  const schema = told?.content?.[type]?.schema;
  expect(schema, `${status} ${type} is not described`).toBeDefined();
  if (!/json$/.test(type)) return;
  const check = ajv.compile({ ...schema, components: described.components });
  expect(check(response.json()), ajv.errorsText(check.errors)).toBe(true);
}

/** Real ids and codes among the random ones, so that the calls get past the first wall. */
const KNOWN = (): string[] => [MANDRA, MARATHON, caseId, 'volunteer-registry', 'wildfire-aid', ...Object.values(door.hashes), '2026-01-01', '123456'];

describe('whatever is sent', () => {
  it('no answer is a fault: every refusal is one of the catalogue', async () => {
    const operations = Object.entries(described.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
    const calls = fc.constantFrom(...operations).chain(({ path, method, operation }) =>
      fc.record({
        path: fc.constant(path),
        method: fc.constant(method),
        url: fc
          .tuple(fc.constantFrom(MANDRA, MANDRA, MANDRA, MARATHON, '0000', 'x'), fc.oneof(fc.constant('volunteer-registry'), fc.string({ maxLength: 20 })), fc.constantFrom(caseId, caseId, crypto.randomUUID(), 'x'), fc.constantFrom('', '', '', '?hash=x', '?scope=mine', '?x=%00', '?after=%ff'))
          .map(([municipality, programme, id, suffix]) => path.replace('{municipality}', municipality).replace('{programme}', encodeURIComponent(programme)).replace(/\{\w+\}/g, id) + suffix),
        body: operation.requestBody ? valueOf(Object.values(operation.requestBody.content)[0]?.schema ?? {}) : fc.constant(undefined),
        identity: fc.constantFrom('staff', 'staff', 'staff', 'draft', 'nobody'),
      }),
    );
    const seen = new Map<number, number>();
    let peer = 0;
    await fc.assert(
      fc.asyncProperty(calls, async ({ path, method, url, body, identity }) => {
        const headers = identity === 'draft' ? { authorization: `Draft ${draft}` } : {};
        const from = `192.0.2.${(peer += 1) % 250}`;
        const response = await call(door, method as 'GET', url, { ...(body === undefined ? {} : { body }), ...(identity === 'staff' ? { as } : {}), headers, from });
        seen.set(response.statusCode, (seen.get(response.statusCode) ?? 0) + 1);
        expectDescribed(response, described.paths[path]?.[method.toLowerCase()]);
        if (response.statusCode < 400) return;
        const { code } = response.json<{ code: keyof typeof PROBLEMS }>();
        expect(PROBLEMS[code], response.body).toBeDefined();
        expect(response.statusCode === 503 ? code : response.statusCode, `${method} ${url} ${response.body}`).not.toSatisfy((found: unknown) => typeof found === 'number' && found >= 500);
        if (response.statusCode === 503) expect(['case.delayed', 'login.unavailable']).toContain(code);
      }),
      examples(500),
    );
    // The fuzz got somewhere: it was answered, refused for its shape, and refused for what it asked.
    for (const status of [200, 400, 401, 404]) expect(seen.get(status) ?? 0, `${status}`).toBeGreaterThan(5);
  });
});
