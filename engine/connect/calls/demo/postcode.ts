import type { CallDefinition } from '../call-registry.js';

/** Postal districts of Attica by the first two digits of the postcode. */
const DISTRICTS: Readonly<Record<string, string>> = { '10': 'central', '11': 'central', '12': 'west', '13': 'west', '14': 'north', '15': 'north', '16': 'south', '17': 'south', '18': 'piraeus', '19': 'east' };

/** A read-only look-up that needs no network: shows how a developer gives the engine an activity. */
export const demoPostcode: CallDefinition = {
  name: 'demo-postcode',
  title: { el: 'Περιοχή από ταχυδρομικό κώδικα (επίδειξη)', en: 'District of a postcode (demo)' },
  inputSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['postcode'],
    properties: { postcode: { type: 'string', maxLength: 10 } },
  },
  outputSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['isKnown'],
    properties: { isKnown: { type: 'boolean' }, district: { type: 'string', maxLength: 20 } },
  },
  isRepeatable: true,
  run(input) {
    const { postcode } = input as { readonly postcode: string };
    const digits = postcode.replace(/\s/g, '');
    const district = /^\d{5}$/.test(digits) ? DISTRICTS[digits.slice(0, 2)] : undefined;
    return Promise.resolve(district === undefined ? { isKnown: false } : { isKnown: true, district });
  },
};
