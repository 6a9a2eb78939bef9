/** AFM with its check digit: eight digits and sum of digit × 2^(8−i), mod 11, mod 10. `ordinal` 1…9999 keeps it under 0000…, which looks reserved and is not known to be given to anybody. */
export function afmOf(ordinal: number): string {
  if (!Number.isInteger(ordinal) || ordinal < 1 || ordinal > 9999) throw new RangeError(`ordinal ${ordinal} is outside 1…9999`);
  const body = String(ordinal).padStart(8, '0');
  let sum = 0;
  for (let position = 0; position < 8; position += 1) sum += Number(body[position]) * 2 ** (8 - position);
  return `${body}${(sum % 11) % 10}`;
}

/** AMKA: DDMMYY, a serial of four whose last digit is odd for men, and Luhn over all. `ordinal` 0…4 keeps the serial under 000…. */
export function amkaOf({ birthDate, sex, ordinal }: { birthDate: string; sex: 'female' | 'male'; ordinal: number }): string {
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal > 4) throw new RangeError(`ordinal ${ordinal} is outside 0…4`);
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const body = `${day}${month}${year.slice(2)}000${ordinal * 2 + (sex === 'male' ? 1 : 0)}`;
  return `${body}${luhnDigit(body)}`;
}

/** Greek IBAN of bank 000, which does not exist. */
export function ibanOf(ordinal: number): string {
  const account = `0000000${String(ordinal).padStart(16, '0')}`;
  const check = 98n - (BigInt(`${account}162700`) % 97n);
  return `GR${String(check).padStart(2, '0')}${account}`;
}

/** The digit that makes Luhn's sum divisible by ten when appended. */
function luhnDigit(body: string): number {
  let sum = 0;
  for (let position = 0; position < body.length; position += 1) {
    const digit = Number(body[body.length - 1 - position]);
    const doubled = position % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}
