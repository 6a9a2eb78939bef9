import type { Text } from '#definitions/types/programme.js';
import { DOUBTS_EL } from './texts/doubts-el.js';
import { EL } from './texts/el.js';
import { EN } from './texts/en.js';
import { WORDS } from './texts/words.js';

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

/** Codes whose params of these names are nouns or kinds of values: people read them in their language. */
const SPOKEN: { readonly [code in FindingCode]?: readonly string[] } = {
  nameUnknown: ['noun'],
  shapeType: ['found', 'expected'],
  typeMismatch: ['found', 'expected'],
  lookupColumnMixed: ['found', 'expected'],
  comparisonMixed: ['left', 'right'],
  waysMixed: ['left', 'right'],
  unitsMixed: ['left', 'right'],
};

export function tell({ code, pointer, params = {} }: Draft, file: string): CheckFinding {
  const fillIn = (language: 'el' | 'en', words: string): string =>
    words.replace(/\{([a-z]+)\}/gi, (whole, name: string) => {
      if (!Object.hasOwn(params, name)) return whole;
      return SPOKEN[code]?.includes(name) === true ? spell(String(params[name]), WORDS[language]) : String(params[name]);
    });
  return {
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    code,
    file,
    pointer,
    message: { el: fillIn('el', EL[code].message), en: fillIn('en', EN[code].message) },
    fix: { el: fillIn('el', EL[code].fix), en: fillIn('en', EN[code].fix) },
  };
}

function spell(names: string, words: Readonly<Record<string, string>>): string {
  return names.split(', ').map((name) => (Object.hasOwn(words, name) ? words[name] : name)).join(', ');
}

/** A pointer one step further; RFC 6901 escapes. */
export function below(pointer: string, ...segments: readonly (string | number)[]): string {
  return pointer + segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
