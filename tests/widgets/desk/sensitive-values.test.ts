import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Programme } from '#definitions/types/programme.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { sensitiveComputed } from '#widgets/desk/sensitive-values.js';

const read = (file: string): unknown => JSON.parse(readFileSync(join(packageRoot(), 'definitions/programmes/wildfire-aid', file), 'utf8'));
const { computed } = read('rules.json') as Pick<Programme, 'computed'>;
const programme = { form: read('form.json'), flow: read('flow.json'), computed } as Programme;

describe('What a rule works out of a sensitive answer', () => {
  it('is covered where it repeats the answer, of the applicant or of a member', () => {
    expect([...sensitiveComputed(programme)]).toEqual(['disabilityInHousehold']);
  });

  it('is covered through other values too, whatever their order', () => {
    const value = { id: 'careNeeded', title: { el: 'Φροντίδα', en: 'Care' }, type: 'boolean', value: { not: { computed: 'disabilityInHousehold' } } } as Programme['computed'][number];
    expect([...sensitiveComputed({ ...programme, computed: [value, ...computed] })]).toEqual(['careNeeded', 'disabilityInHousehold']);
  });

  it('stays open where it is an amount, with which people decide and pay', () => {
    expect([...sensitiveComputed(programme)]).not.toContain('extraAidCents');
  });

  it('nothing is covered in a form without sensitive questions', () => {
    const open = JSON.parse(JSON.stringify(programme), (key, part: unknown) => (key === 'sensitivity' ? undefined : part)) as Programme;
    expect(sensitiveComputed(open).size).toBe(0);
  });
});
