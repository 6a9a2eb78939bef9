import type { FieldContext, FieldType } from './field-type.js';
import { fieldType, printable } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import type { IdentityKind } from '#forms/findings/tell.js';
import { afm } from './afm.js';
import { amka } from './amka.js';
import { definedOf, isList, isObject } from './shapes.js';
import { compactLatin, lineType } from './typed-text.js';

/** One paper or number by which a person may be known; `none` stands alone and has no value. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly value?: string;
}

export const IDENTITY_KINDS = ['afm', 'amka', 'paaypa', 'idCard', 'passport', 'residencePermit', 'other', 'none'] as const satisfies readonly IdentityKind[];

export const IDENTITIES_MAX = 5;

const paper = lineType({ pattern: /^[\p{Lu}\p{N}]{3,30}$/u, malformed: 'identity.valueMalformed', tidy: compactLatin });

/**
 * Who somebody is, by what they have: a list of typed identifiers, never one number as a key. People who have none yet
 * say so, and may apply.
 */
export const identity = fieldType({
  missing: 'identity.missing',
  empty: () => [],
  shape: (value): value is readonly unknown[] => isList(value) && value.length <= IDENTITIES_MAX,
  normalise: (raw) => {
    if (!isList(raw)) return raw;
    const rows = raw.map(tidyRow).filter((row) => JSON.stringify(row) !== '{}');
    return rows.length === 0 ? undefined : rows;
  },
  validate: (rows, context) => {
    if (rows.length === 0) return 'identity.missing';
    const findings: FieldFinding[] = rows.flatMap((row, position) => judgeRow(row, context).map(({ code, at = '' }) => ({ code, at: `/${position}${at}` })));
    if (rows.length > 1 && rows.some((row) => isIdentity(row) && row.kind === 'none')) findings.push({ code: 'identity.noneWithOthers' });
    if (new Set(rows.map((row) => JSON.stringify(row))).size < rows.length) findings.push({ code: 'identity.repeated' });
    return findings;
  },
  summarise: (rows, { texts }) => rows.filter(isIdentity).map(({ kind, value }) => [texts.words[kind], printable(value)].filter(Boolean).join(': ')).join('\n'),
});

function isIdentity(row: unknown): row is Identity {
  return isObject(row) && (IDENTITY_KINDS as readonly unknown[]).includes(row['kind']);
}

function typeOf(kind: unknown): FieldType {
  return kind === 'afm' ? afm : kind === 'amka' ? amka : paper;
}

/** A row with neither kind nor value was never filled in. */
function tidyRow(row: unknown): unknown {
  if (!isObject(row)) return row;
  const { kind, value } = row;
  return definedOf({ ...row, kind: kind === '' ? undefined : kind, value: kind === 'none' ? undefined : typeOf(kind).normalise(value) });
}

function judgeRow(row: unknown, context: FieldContext): readonly FieldFinding[] {
  if (!isObject(row)) return [{ code: 'answer.type' }];
  if (!isIdentity(row)) return [{ code: 'identity.kindUnknown', at: '/kind' }];
  const { kind, value = '', ...others } = row;
  if (Object.keys(others).length > 0 || (kind === 'none' && 'value' in row)) return [{ code: 'answer.type' }];
  if (kind === 'none') return [];
  const found = value === '' ? [{ code: 'identity.valueMissing' as const }] : typeOf(kind).validate(value, context);
  return found.map(({ code }) => ({ code, at: '/value' }));
}
