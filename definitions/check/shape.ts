import { SCHEMAS } from '#definitions/types/schemas.js';
import { CAPS } from './caps.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** The profile of JSON Schema in which the nouns are written; nothing else occurs in `definitions/schemas`. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Schema };
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Place {
  readonly schema: Schema;
  /** The file that a local `$ref` refers to. */
  readonly file: string;
  readonly pointer: string;
  /** How deep inside one expression. */
  readonly nesting: number;
}

const EXPRESSION = 'expression.json';

/**
 * Does the document have the shape of its noun? Follows the schemas themselves (also in a browser, where a schema
 * compiler may not run) and names the one alternative that was meant instead of all that were not.
 */
export function findMisshapen(document: unknown, noun: string): readonly Draft[] {
  const found: Draft[] = [];
  look(document, { schema: { $ref: noun }, file: noun, pointer: '', nesting: 0 }, found);
  return found;
}

function look(value: unknown, place: Place, found: Draft[]): void {
  if (found.length >= CAPS.findingsMax) return;
  const { schema, pointer } = place;
  if (schema.$ref !== undefined) {
    follow(value, { ...place, ref: schema.$ref }, found);
    return;
  }
  if (schema.oneOf !== undefined) {
    choose(value, { ...place, branches: schema.oneOf }, found);
    return;
  }
  if (schema.const !== undefined && value !== schema.const) found.push({ code: 'shapeValue', pointer, params: { found: short(value), expected: short(schema.const) } });
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    found.push({ code: 'shapeValue', pointer, params: { found: short(value), expected: schema.enum.map(short).join(', ') } });
  }
  if (schema.type !== undefined && ![schema.type].flat().some((type) => hasType(value, type))) {
    found.push({ code: 'shapeType', pointer, params: { found: typeName(value), expected: [schema.type].flat().join(', ') } });
    return;
  }
  if (typeof value === 'string') lookAtText(value, place, found);
  else if (typeof value === 'number') lookAtNumber(value, place, found);
  else if (Array.isArray(value)) lookAtList(value, place, found);
  else if (typeof value === 'object' && value !== null) lookAtObject(value as Record<string, unknown>, place, found);
}

function follow(value: unknown, place: Place & { readonly ref: string }, found: Draft[]): void {
  const [path = '', pointer = ''] = place.ref.split('#');
  const file = path === '' ? place.file : path;
  let schema = SCHEMAS[file] as Schema | undefined;
  for (const name of pointer.split('/').filter(Boolean)) schema = (schema as unknown as Record<string, Schema> | undefined)?.[name];
  if (schema === undefined) throw new Error(`no schema ${place.ref}`);
  const nesting = file === EXPRESSION && pointer === '' ? place.nesting + 1 : place.nesting;
  if (nesting > CAPS.expressionDepthMax) {
    found.push({ code: 'capExpressionDepth', pointer: place.pointer, params: { limit: CAPS.expressionDepthMax } });
    return;
  }
  look(value, { schema, file, pointer: place.pointer, nesting }, found);
}

/** Of several alternatives the one that the value names: by its `kind`, by its operator, or by its type. */
function choose(value: unknown, place: Place & { readonly branches: readonly Schema[] }, found: Draft[]): void {
  const branches = place.branches.map((branch) => resolve(branch, place.file));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const branch = branches.find((candidate) => [candidate.type ?? []].flat().some((type) => type !== 'object' && hasType(value, type)));
    if (branch === undefined) found.push({ code: 'shapeType', pointer: place.pointer, params: { found: typeName(value), expected: 'object' } });
    else look(value, { ...place, schema: branch }, found);
    return;
  }
  const kinds = branches.map((branch) => branch.properties?.['kind']?.const);
  if (kinds.some((kind) => kind !== undefined)) {
    const branch = branches[kinds.indexOf((value as Record<string, unknown>)['kind'])];
    if (branch !== undefined) look(value, { ...place, schema: branch }, found);
    else found.push({ code: 'stepKindUnknown', pointer: below(place.pointer, 'kind'), params: { found: short((value as Record<string, unknown>)['kind']), expected: kinds.map(short).join(', ') } });
    return;
  }
  chooseOperator(value as Record<string, unknown>, { ...place, branches }, found);
}

function chooseOperator(value: Record<string, unknown>, place: Place & { readonly branches: readonly Schema[] }, found: Draft[]): void {
  const names = Object.keys(value);
  const [name] = names;
  if (name === undefined || names.length > 1) {
    found.push({ code: 'operatorCount', pointer: place.pointer, params: { found: names.length === 0 ? '–' : names.map((each) => short(each)).join(', ') } });
    return;
  }
  const branch = place.branches.find((candidate) => candidate.required?.[0] === name);
  if (branch !== undefined) look(value, { ...place, schema: branch }, found);
  else found.push({ code: 'operatorUnknown', pointer: below(place.pointer, name), params: { found: short(name), expected: place.branches.map((each) => each.required?.[0] ?? '').filter(Boolean).join(', ') } });
}

function resolve(schema: Schema, file: string): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  return (SCHEMAS[file] as Schema).$defs?.[name] ?? schema;
}

function lookAtText(value: string, { schema, pointer }: Place, found: Draft[]): void {
  const length = schema.maxLength ?? CAPS.textLengthMax;
  if (value.length > length) found.push({ code: 'shapeLength', pointer, params: { found: value.length, limit: length } });
  else if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) found.push({ code: 'shapePattern', pointer, params: { found: short(value), expected: schema.pattern } });
}

function lookAtNumber(value: number, { schema, pointer }: Place, found: Draft[]): void {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (!Number.isSafeInteger(value)) found.push({ code: 'numberNotWhole', pointer, params: { found: String(value) } });
  else if (value < minimum || value > maximum) found.push({ code: 'shapeRange', pointer, params: { found: value, min: String(minimum), max: String(maximum) } });
}

function lookAtList(value: readonly unknown[], place: Place, found: Draft[]): void {
  const { minItems = 0, maxItems = Infinity, items } = place.schema;
  const { pointer } = place;
  if (value.length < minItems || value.length > maxItems) {
    found.push({ code: 'shapeItems', pointer, params: { found: value.length, min: minItems, max: String(maxItems) } });
    if (value.length > maxItems) return;
  }
  if (items !== undefined) value.forEach((part, position) => look(part, { ...place, schema: items, pointer: below(pointer, position) }, found));
}

function lookAtObject(value: Record<string, unknown>, place: Place, found: Draft[]): void {
  const { properties = {}, required = [], additionalProperties } = place.schema;
  const { pointer } = place;
  for (const name of required) if (!Object.hasOwn(value, name)) found.push({ code: 'shapeRequired', pointer, params: { name } });
  for (const name of Object.keys(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const schema = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (schema !== undefined) look(value[name], { ...place, schema, pointer: below(pointer, name) }, found);
    else if (additionalProperties === false) found.push({ code: 'shapeUnknown', pointer: below(pointer, name), params: { name: short(name), expected: Object.keys(properties).join(', ') } });
  }
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return typeof value === 'number';
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** At most 60 characters of what was found, so that a finding stays readable. */
function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
