import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { compactDigits, hasControlCharacters, printable, settle, singleLine } from './typed-text.js';

/** An address as it is kept. A village street may have no number. */
export interface Address {
  readonly street: string;
  readonly number?: string;
  readonly town: string;
  readonly postcode: string;
}

export const ADDRESS_PARTS = ['street', 'number', 'town', 'postcode'] as const;

const LENGTHS_MAX = { street: 120, number: 20, town: 80, postcode: 5 } as const;
const MISSING = { street: 'address.streetMissing', town: 'address.townMissing', postcode: 'address.postcodeMissing' } as const;

/** Where somebody lives: street, number, town, Greek postcode. */
export const address: FieldType = {
  type: 'address',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => ({ street: '', number: '', town: '', postcode: '' }),
  normalise: (raw) => {
    if (raw === null || raw === undefined || raw === '') return undefined;
    if (!isParts(raw)) return raw;
    const parts = Object.entries(raw).map(([name, part]) => [name, tidyPart(name, part)] as const);
    const given = parts.filter(([, part]) => part !== undefined && part !== '');
    return given.length === 0 ? undefined : Object.fromEntries(given);
  },
  validate: (value) => {
    if (!isParts(value)) return [{ code: 'answer.type' }];
    const findings: FieldFinding[] = Object.keys(value)
      .filter((name) => !(ADDRESS_PARTS as readonly string[]).includes(name))
      .slice(0, 5)
      .map((name) => ({ code: 'address.unknownPart', params: { name } }));
    for (const name of ADDRESS_PARTS) findings.push(...validatePart(name, Object.hasOwn(value, name) ? value[name] : undefined));
    return findings;
  },
  summarise: (value) => {
    if (!isParts(value)) return '';
    const { street, number, town, postcode } = value;
    return [[street, number], [postcode, town]].map((line) => line.map(printable).filter(Boolean).join(' ')).filter(Boolean).join('\n');
  },
};

function isParts(value: unknown): value is Readonly<Record<string, unknown>> & { street?: unknown; number?: unknown; town?: unknown; postcode?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tidyPart(name: string, part: unknown): unknown {
  if (part === null) return undefined;
  if (typeof part !== 'string') return part;
  return settle(part, name === 'postcode' ? compactDigits : singleLine);
}

function validatePart(name: (typeof ADDRESS_PARTS)[number], part: unknown): readonly FieldFinding[] {
  const at = `/${name}`;
  if (part === undefined || part === '') return name === 'number' ? [] : [{ code: MISSING[name], at }];
  if (typeof part !== 'string') return [{ code: 'answer.type', at }];
  if (name === 'postcode') return /^[1-8]\d{4}$/.test(part) ? [] : [{ code: 'postcode.malformed', at }];
  if (hasControlCharacters(part, { lines: false })) return [{ code: 'text.characters', at }];
  const max = LENGTHS_MAX[name];
  return part.length > max ? [{ code: 'text.tooLong', at, params: { max, over: part.length - max } }] : [];
}
