import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { ProblemFinding } from '#definitions/types/wire.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { finding } from '../problems/problem.js';

type Schema = Readonly<Record<string, unknown>>;

const FINDINGS_MAX = 100;

/**
 * The nouns of the wire become shared schemas named by their titles, and the only validator: it never coerces, drops or
 * fills in. Replies are written as they are, and checked too when `checkReplies` is set.
 */
export function addSchemas(app: FastifyInstance, { checkReplies }: { readonly checkReplies: boolean }): void {
  const ajv = new Ajv2020({ coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true, strict: true, allowUnionTypes: true, discriminator: true });
  for (const schema of wireSchemas()) {
    app.addSchema(schema);
    ajv.addSchema(schema);
  }
  const compile: FastifySchemaCompiler<Schema> = ({ schema }) => ajv.compile(schema);
  app.setValidatorCompiler(compile);
  app.setSerializerCompiler(({ schema, httpStatus }) => {
    const check = checkReplies && httpStatus?.startsWith('2') ? ajv.compile(schema as Schema) : null;
    return (data) => {
      if (check && !check(data)) throw new Error(`a reply does not fit its schema: ${ajv.errorsText(check.errors)}`);
      return JSON.stringify(data);
    };
  });
}

/** What ajv found, as findings with pointers into the part that was checked. Values are never repeated. */
export function findingsOf(errors: readonly Partial<ErrorObject>[]): readonly ProblemFinding[] {
  const findings = errors.filter(({ keyword }) => keyword !== 'if').map((error) => findingOf(error));
  return findings.slice(0, FINDINGS_MAX);
}

function findingOf({ keyword = '', instancePath = '', params = {} }: Partial<ErrorObject>): ProblemFinding {
  const of = (name: string): string => String((params as Readonly<Record<string, unknown>>)[name] ?? '');
  const under = (name: string): string => `${instancePath}/${of(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const simple = (code: ProblemCode, expected?: string): ProblemFinding =>
    finding({ code, pointer: instancePath, ...(expected === undefined ? {} : { params: { expected } }) });
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return finding({ code: 'shape.unknownField', pointer: under('additionalProperty') });
    case 'required':
      return finding({ code: 'shape.missingField', pointer: under('missingProperty') });
    case 'type':
      return simple('shape.type', of('type'));
    case 'pattern':
      return simple('shape.pattern', of('pattern'));
    case 'enum':
      return simple('shape.choice', ((params as { allowedValues?: readonly unknown[] }).allowedValues ?? []).join(', '));
    case 'const':
      return simple('shape.choice', of('allowedValue'));
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return simple('shape.range', `${of('comparison')} ${of('limit')}`);
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return simple('shape.length', `≥ ${of('limit')}`);
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return simple('shape.length', `≤ ${of('limit')}`);
    default:
      return simple('shape.alternative');
  }
}

/** The files of definitions/schemas/wire, each named by its title, references included. */
export function wireSchemas(): readonly Schema[] {
  const folder = join(packageRoot(), 'definitions/schemas/wire');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  const schemas = new Map(files.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Schema]));
  const titleOf = (file: string): string => {
    const title = schemas.get(file)?.['title'];
    if (typeof title !== 'string') throw new Error(`${file} has no title`);
    return title;
  };
  const rewrite = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(rewrite);
    if (typeof node !== 'object' || node === null) return node;
    const kept = Object.entries(node).filter(([key]) => !['$schema', '$id', 'tsType'].includes(key));
    const schema = Object.fromEntries(kept.map(([key, value]) => [key, key === '$ref' ? `${titleOf(String(value))}#` : rewrite(value)]));
    return isTold(schema) ? { type: 'object', ...schema, discriminator: { propertyName: 'kind' } } : schema;
  };
  return files.map((name) => ({ $id: titleOf(name), ...(rewrite(schemas.get(name)) as Schema) }));
}

/** Alternatives told apart by `kind` are checked as one: findings of the others would only confuse. */
function isTold(schema: Readonly<Record<string, unknown>>): boolean {
  const branches = schema['oneOf'];
  if (!Array.isArray(branches) || branches.length === 0) return false;
  return branches.every((branch) => typeof (branch as { properties?: { kind?: { const?: unknown } } }).properties?.kind?.const === 'string');
}
