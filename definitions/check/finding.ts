import type { Text } from '#definitions/types/programme.js';
import { DOUBTS_EL } from './texts/doubts-el.js';
import { EL } from './texts/el.js';
import { EN } from './texts/en.js';

export type FindingCode = keyof typeof EL;

/** One thing that is wrong, or doubtful, in a definition. */
export interface CheckFinding {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  readonly file: string;
  /** JSON pointer (RFC 6901) into that file. */
  readonly pointer: string;
  readonly message: Pick<Text, 'el' | 'en'>;
  /** How to mend it. */
  readonly fix: Pick<Text, 'el' | 'en'>;
}

/** A finding before it has a file and words. */
export interface Draft {
  readonly code: FindingCode;
  readonly pointer: string;
  readonly params?: { readonly [name: string]: string | number };
}

/** Codes that do not stop publication. */
const WARNINGS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'questionUnused',
  'sentenceLong',
  'translationMissing',
  'deadlineOnHoliday',
  'ruleConstant',
  'parameterUnused',
  'tableUnused',
  'computedUnused',
  'factUnused',
  'messageUnused',
  'municipalityNamed',
  'lookupIncomplete',
  'parameterLate',
  'pointsCapUnreachable',
  'selectionNotRunnable',
  'calendarNotRunnable',
  'stockNotRunnable',
  'indicatorsNotRunnable',
  'subjectNotRunnable',
  'factNotRunnable',
  'factUnfindable',
  'partKeptByStaff',
  'closureWithoutEffect',
  'calendarUnused',
  'priceUnspendable',
  'stockUnused',
  'roundForAll',
  ...(Object.keys(DOUBTS_EL) as (keyof typeof DOUBTS_EL)[]),
]);

export const FINDING_CODES = Object.keys(EL) as FindingCode[];

export function tell({ code, pointer, params = {} }: Draft, file: string): CheckFinding {
  const fill = (words: string): string => words.replace(/\{([a-z]+)\}/gi, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));
  return {
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    code,
    file,
    pointer,
    message: { el: fill(EL[code].message), en: fill(EN[code].message) },
    fix: { el: fill(EL[code].fix), en: fill(EN[code].fix) },
  };
}

/** A pointer one step further; RFC 6901 escapes. */
export function below(pointer: string, ...segments: readonly (string | number)[]): string {
  return pointer + segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
