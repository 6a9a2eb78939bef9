import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentKind, Programme, Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/field-types.js';
import { axeFindings, overflow } from './axe.js';
import type { Town, Visit } from './town.js';
import { startTown, visit } from './town.js';

/** Markup in every text that a municipality may write: it must stay text. */
const PAYLOAD = '<img src=x onerror="window.broken=1"><b>x</b>{{7*7}}${7*7}';
const TYPES = Object.keys(fieldTypes) as Question['type'][];
const SILENT: readonly Question['type'][] = ['information', 'computed', 'declaration'];

interface Seen {
  readonly text: string;
  readonly injected: number;
  /** Ids named by aria-describedby that are in the same root, as their text. */
  readonly described: string;
  readonly controls: number;
  readonly smallest: number;
}

let town: Town;
let open: Visit;
beforeAll(async () => {
  town = await startTown();
  // This form asks for fields that are loaded only when they are asked for, and so for all of them.
  open = await visit(town, '/marathonas/volunteers', { viewport: { width: 320, height: 700 } });
  await open.page.getByRole('button', { name: 'Έναρξη αίτησης' }).click();
  await open.page.getByText(/^Βήμα 1/).waitFor();
});
afterAll(async () => {
  await open?.close();
  await town?.close();
});

/** Asks one question with label, hint and error on the page, in place of those of the form, and looks at it. */
function show(type: Question['type'], label: string): Promise<Seen> {
  return open.page.evaluate(
    async ([question, message]) => {
      type Form = HTMLElement & { application: { programme: Programme; typed: object }; errors: object; updateComplete: Promise<unknown> };
      const form = document.querySelector('diktyo-apply') as Form;
      const { programme } = form.application;
      const [page] = programme.form.pages;
      page!.questions = [question as unknown as Question];
      programme.documents = [{ id: 'paper', title: question.label, acceptedTypes: ['application/pdf'], sizeBytesMax: 1000, filesMax: 2, mayBeMissingAtFiling: true } as DocumentKind];
      form.application.typed = {};
      form.errors = { '/q': message };
      await form.updateComplete;
      const root = form.shadowRoot;
      const ids = [...(root?.querySelectorAll('[aria-describedby]') ?? [])].flatMap((one) => (one.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
      const controls = [...(root?.querySelectorAll<HTMLElement>('form :is(input:not(.unseen),select,textarea,button)') ?? [])];
      const sizes = controls.map((one) => Math.max(one.getBoundingClientRect().height, one.closest('label')?.getBoundingClientRect().height ?? 0));
      return {
        text: root?.querySelector('form')?.textContent ?? '',
        injected: root?.querySelectorAll('img').length ?? -1,
        described: ids.map((id) => root?.getElementById(id)?.textContent ?? `(${id} is missing)`).join(' '),
        controls: root?.querySelectorAll('input,select,textarea').length ?? 0,
        smallest: Math.min(...sizes),
      };
    },
    [{ id: 'q', type, label: { el: label, en: label }, hint: { el: `hint ${label}`, en: 'hint' }, value: 12, document: 'paper', options: [{ value: 'one', label: { el: label, en: label } }], items: [] }, `error ${label}`] as const,
  );
}

describe.each(TYPES)('a question of the type %s', (type) => {
  it('names, describes and marks its control inside its own root, and is large enough for a thumb', async () => {
    const seen = await show(type, 'Ερώτηση');
    expect(seen.text).toContain('Ερώτηση');
    if (!SILENT.includes(type)) expect(seen.described).toMatch(type === 'repeat' ? /error Ερώτηση/ : /hint Ερώτηση.*error Ερώτηση/s);
    expect(seen.described).not.toContain('is missing');
    if (type !== 'information' && type !== 'computed' && type !== 'repeat') expect(seen.controls).toBeGreaterThan(0);
    // 44 CSS pixels at 16 pixels a letter.
    expect(seen.smallest).toBeGreaterThanOrEqual(43.5);
    expect(await axeFindings(open.page)).toEqual([]);
    expect(await overflow(open.page)).toBeLessThanOrEqual(0);
  });

  it('shows markup in texts as text', async () => {
    const seen = await show(type, PAYLOAD);
    expect(seen.text).toContain(PAYLOAD);
    expect(seen.injected).toBe(0);
    expect(await open.page.evaluate(() => 'broken' in window)).toBe(false);
  });
});
