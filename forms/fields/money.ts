import { fieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { tellMoney } from '#forms/findings/tell.js';
import { isString, isWhole } from './shapes.js';
import { westernDigits } from './typed-text.js';

/** A hundred million euros: above it, something else was typed. */
export const CENTS_MAX = 10_000_000_000;

/**
 * An amount in whole cents. Typed with a decimal comma and dots for thousands (`1.234,50`), as Greeks do; a single dot
 * before one or two digits at the end is taken for a decimal comma (`12.50`), never before three (`1.234` is thousands).
 */
export const money = fieldType({
  shape: isWhole,
  mistaken: 'money.notAmount',
  tidy: (line) => westernDigits(line).replace(/[\s€]|eur(o|os)?$|ευρ[ωώ]$/gi, ''),
  normalise: (typed) => (isString(typed) ? (parseCents(typed) ?? typed) : typed),
  validate: (cents, { question }) => {
    const min = question.min ?? 0;
    const max = Math.min(question.max ?? CENTS_MAX, CENTS_MAX);
    const findings: FieldFinding[] = [];
    if (cents < min) findings.push({ code: 'money.tooSmall', params: { min: { cents: min } } });
    if (cents > max) findings.push({ code: 'money.tooLarge', params: { max: { cents: max } } });
    return findings;
  },
  summarise: (cents, { texts }) => tellMoney(cents, texts.language),
});

function parseCents(typed: string): number | null {
  const match = /^(-?)(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+(?=\.)|\d{1,12})(?:[.,](\d{1,2}))?$/.exec(typed);
  if (match === null) return null;
  const [, sign = '', whole = '', cents = ''] = match;
  const amount = Number(whole.replace(/[.,]/g, '')) * 100 + Number(cents.padEnd(2, '0'));
  return sign === '' ? amount : -amount || 0;
}
