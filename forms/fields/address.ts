import { fieldType, printable } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { definedOf, isObject } from './shapes.js';
import { textType } from './text.js';
import { lineType } from './typed-text.js';

/** An address as it is kept. A village street may have no number. */
export interface Address {
  readonly street: string;
  readonly number?: string;
  readonly town: string;
  readonly postcode: string;
}

export const ADDRESS_PARTS = ['street', 'number', 'town', 'postcode'] as const;

const PARTS = {
  street: textType({ lengthMax: () => 120, missing: 'address.streetMissing' }),
  number: textType({ lengthMax: () => 20 }),
  town: textType({ lengthMax: () => 80, missing: 'address.townMissing' }),
  postcode: lineType({ pattern: /^[1-8]\d{4}$/, malformed: 'postcode.malformed', missing: 'address.postcodeMissing' }),
};

/** Where somebody lives: street, number, town, Greek postcode. */
export const address = fieldType({
  shape: isObject,
  normalise: (raw) => {
    if (!isObject(raw)) return raw;
    const kept = definedOf({ ...raw, ...Object.fromEntries(ADDRESS_PARTS.map((name) => [name, PARTS[name].normalise(raw[name])])) });
    return Object.keys(kept).length === 0 ? undefined : kept;
  },
  validate: (parts, context) => {
    const findings: FieldFinding[] = [];
    for (const name of ADDRESS_PARTS) {
      const { [name]: part = '' } = parts;
      const { missing, validate } = PARTS[name];
      const found = part !== '' ? validate(part, context) : name === 'number' ? [] : [{ code: missing }];
      for (const one of found) findings.push({ ...one, at: `/${name}` });
    }
    return findings;
  },
  summarise: ({ street, number, town, postcode }) => [[street, number], [postcode, town]].map((line) => line.map(printable).filter(Boolean).join(' ')).filter(Boolean).join('\n'),
});
