import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { inventHouseholds, peopleOf } from '#commands/demo/people.js';
import { DEMO_SEED } from '#commands/demo/plan.js';
import { entropyOf } from '#commands/demo/entropy.js';
import { afmOf, ibanOf } from '#commands/demo/identifiers.js';

const households = inventHouseholds({ seed: DEMO_SEED });
const people = peopleOf(households);
const greece = stdnum['GR'];

describe('the demo people', () => {
  it('are about two hundred, in both municipalities', () => {
    expect(people.length).toBeGreaterThanOrEqual(200);
    expect(people.length).toBeLessThan(210);
    expect(new Set(households.map((household) => household.municipality))).toEqual(new Set(['9230', '9220']));
  });

  it('are the same for the same seed and others for another', () => {
    expect(inventHouseholds({ seed: DEMO_SEED })).toEqual(households);
    expect(inventHouseholds({ seed: 'other' })).not.toEqual(households);
  });

  it('have an AFM that the oracle accepts, in the range that looks reserved', () => {
    const numbers = people.flatMap((person) => (person.afm === undefined ? [] : [person.afm]));
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.filter((number) => !greece?.['vat']?.validate(number).isValid)).toEqual([]);
    expect(numbers.filter((number) => !/^0000\d{5}$/.test(number) || number === '000000000')).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('have an AMKA that the oracle accepts, which tells their birth date and sex', () => {
    const registered = people.filter((person) => person.amka !== undefined);
    expect(registered.length).toBeGreaterThan(150);
    for (const { amka = '', birthDate, sex } of registered) {
      expect(greece?.['amka']?.validate(amka).isValid, amka).toBe(true);
      const [year = '', month = '', day = ''] = birthDate.split('-');
      expect(amka.slice(0, 6)).toBe(`${day}${month}${year.slice(2)}`);
      expect(Number(amka[9]) % 2).toBe(sex === 'male' ? 1 : 0);
    }
    expect(new Set(registered.map((person) => person.amka)).size).toBe(registered.length);
  });

  it('break under the oracle when one digit changes', () => {
    for (const { afm, amka } of people) {
      if (afm !== undefined) expect(greece?.['vat']?.validate(changeOneDigit(afm, 7)).isValid).toBe(false);
      if (amka !== undefined) expect(greece?.['amka']?.validate(changeOneDigit(amka, 9)).isValid).toBe(false);
    }
  });

  it('include people with no AFM, people with no telephone and e-mail, and a bank account that the IBAN check accepts', () => {
    const heads = households.map((household) => household.head);
    expect(heads.some((head) => head.afm === undefined && head.passport !== undefined)).toBe(true);
    expect(heads.some((head) => head.phone === undefined && head.email === undefined)).toBe(true);
    expect(heads.some((head) => head.iban === undefined)).toBe(true);
    for (const { iban } of heads) if (iban !== undefined) expect(ibanRemainder(iban)).toBe(1);
  });

  it('bear surnames in the form of their sex', () => {
    const pairs = new Map([['Παπαδόπουλος', 'male'], ['Παπαδοπούλου', 'female'], ['Ιωαννίδης', 'male'], ['Ιωαννίδου', 'female'], ['Ρόκας', 'male'], ['Ρόκα', 'female']]);
    for (const person of people) expect(pairs.get(person.familyName) ?? person.sex, person.familyName).toBe(person.sex);
  });

  it('live in households with large families and with disability', () => {
    expect(households.some((household) => household.members.filter((member) => member.relation === 'child').length >= 4)).toBe(true);
    expect(people.some((person) => person.disability67)).toBe(true);
  });
});

describe('the makers of identifiers', () => {
  it('never give the AFM of nine zeros', () => {
    expect(() => afmOf(0)).toThrow(RangeError);
    for (let ordinal = 1; ordinal <= 9999; ordinal += 1) expect(greece?.['vat']?.validate(afmOf(ordinal)).isValid).toBe(true);
  });

  it('make an IBAN of 27 characters', () => {
    expect(ibanOf(1)).toMatch(/^GR\d{25}$/);
  });
});

describe('demo entropy', () => {
  it('reaches every value evenly', () => {
    const entropy = entropyOf('even');
    const counts = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const value = entropy.below(10);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });

  it('refuses to pick from nothing', () => {
    expect(() => entropyOf('x').pick([])).toThrow(RangeError);
  });
});

function changeOneDigit(number: string, position: number): string {
  return number.slice(0, position) + String((Number(number[position]) + 1) % 10) + number.slice(position + 1);
}

function ibanRemainder(iban: string): number {
  const digits = `${iban.slice(4)}1627${iban.slice(2, 4)}`;
  return Number(BigInt(digits) % 97n);
}
