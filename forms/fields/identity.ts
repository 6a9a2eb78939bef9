import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import type { IdentityKind } from '#forms/findings/tell.js';
import { judgeAfm } from './afm.js';
import { judgeAmka } from './amka.js';
import { compactDigits, compactLatin, maskText, printable, settle } from './typed-text.js';

/** One paper or number by which a person may be known; `none` stands alone and has no value. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly value?: string;
}

export const IDENTITY_KINDS = ['afm', 'amka', 'paaypa', 'idCard', 'passport', 'residencePermit', 'other', 'none'] as const satisfies readonly IdentityKind[];

const DIGITS_ONLY: readonly IdentityKind[] = ['afm', 'amka', 'paaypa'];

export const IDENTITIES_MAX = 5;

/**
 * Who somebody is, by what they have: a list of typed identifiers, never one number as a key. People who have none yet
 * say so, and may apply.
 */
export const identity: FieldType = {
  type: 'identity',
  isAnswered: true,
  missing: 'identity.missing',
  empty: () => [],
  normalise: (raw) => {
    if (raw === null || raw === undefined || raw === '') return undefined;
    if (!Array.isArray(raw)) return raw;
    const given = raw.map(tidyIdentity).filter((one) => one !== null);
    return given.length === 0 ? undefined : given;
  },
  validate: (value) => {
    if (!Array.isArray(value) || value.length > IDENTITIES_MAX) return [{ code: 'answer.type' }];
    if (value.length === 0) return [{ code: 'identity.missing' }];
    const findings: FieldFinding[] = value.flatMap((one: unknown, position) => validateIdentity(one, `/${position}`));
    const kinds = value.map((one: unknown) => (isIdentity(one) ? one.kind : undefined));
    if (value.length > 1 && kinds.includes('none')) findings.push({ code: 'identity.noneWithOthers' });
    if (new Set(value.map((one: unknown) => JSON.stringify(one))).size < value.length) findings.push({ code: 'identity.repeated' });
    return findings;
  },
  summarise: (value, { texts, masked }) => {
    if (!Array.isArray(value)) return '';
    return value
      .filter(isIdentity)
      .map((one) => {
        const number = printable(one.value);
        return [texts.words[`identity.${one.kind}`], masked ? maskText(number) : number].filter(Boolean).join(': ');
      })
      .join('\n');
  },
};

function isIdentity(one: unknown): one is Identity {
  return typeof one === 'object' && one !== null && 'kind' in one && (IDENTITY_KINDS as readonly unknown[]).includes(one.kind);
}

/** A row with neither kind nor value was never filled in. */
function tidyIdentity(one: unknown): unknown {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
  const { kind, value, ...others } = one as Record<string, unknown>;
  const kept = kind === '' || kind === null || kind === undefined ? {} : { kind };
  const text = typeof value === 'string' ? settle(value, (DIGITS_ONLY as readonly unknown[]).includes(kind) ? compactDigits : compactLatin) : value;
  const valued = text === '' || text === null || text === undefined || kind === 'none' ? {} : { value: text };
  const tidied = { ...others, ...kept, ...valued };
  return Object.keys(tidied).length === 0 ? null : tidied;
}

function validateIdentity(one: unknown, at: string): readonly FieldFinding[] {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return [{ code: 'answer.type', at }];
  if (!isIdentity(one)) return [{ code: 'identity.kindUnknown', at: `${at}/kind` }];
  if (Object.keys(one).some((name) => name !== 'kind' && name !== 'value')) return [{ code: 'answer.type', at }];
  const value: unknown = one.value;
  if (one.kind === 'none') return value === undefined ? [] : [{ code: 'answer.type', at }];
  if (value === undefined || value === '') return [{ code: 'identity.valueMissing', at: `${at}/value` }];
  if (typeof value !== 'string') return [{ code: 'answer.type', at: `${at}/value` }];
  const code = judgeValue(one.kind, value);
  return code === null ? [] : [{ code, at: `${at}/value` }];
}

function judgeValue(kind: IdentityKind, value: string): FieldFinding['code'] | null {
  if (kind === 'afm') return judgeAfm(value);
  if (kind === 'amka') return judgeAmka(value);
  return /^[\p{Lu}\p{N}]{3,30}$/u.test(value) ? null : 'identity.valueMalformed';
}
