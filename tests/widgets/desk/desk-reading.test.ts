import { describe, expect, it } from 'vitest';
import { athensDay, formatBytes, formatCents, formatDate, formatInstant, readDue } from '#widgets/desk/desk-formats.js';
import { incidentSubject, incidentWords } from '#widgets/desk/case-reading.js';
import { DESK_LANGUAGES } from '#widgets/desk/desk-language.js';
import { mayOpen, placeFor } from '#widgets/desk/desk-places.js';
import { parseRoute, routeHash } from '#widgets/desk/desk-route.js';
import type { DeskRoute } from '#widgets/desk/desk-route.js';
import { el } from '#widgets/desk/texts/el.js';
import { en } from '#widgets/desk/texts/en.js';

describe('When something is due', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  it.each([
    ['2026-11-18T21:59:59Z', 'overdue', -4],
    ['2026-11-22T09:59:00Z', 'overdue', 0],
    ['2026-11-22T21:59:59Z', 'today', 0],
    // Past midnight in Athens, still the 22nd in UTC.
    ['2026-11-22T22:30:00Z', 'soon', 1],
    ['2026-11-29T21:59:59Z', 'soon', 7],
    ['2026-11-30T21:59:59Z', 'later', 8],
  ])('%s is %s, %i days away in Athens', (dueAt, kind, days) => {
    expect(readDue(dueAt, now)).toEqual({ kind, days });
  });

  it('without a due instant there is none', () => {
    expect(readDue(undefined, now).kind).toBe('none');
  });

  it('counts days of Athens over the end of summer time', () => {
    expect(readDue('2026-10-26T21:59:59Z', new Date('2026-10-24T21:30:00Z')).days).toBe(1);
  });
});

describe('What the desk writes', () => {
  it('is Greek as Greeks write it', () => {
    expect(formatDate('el', '2026-11-21')).toBe('21 Νοεμβρίου 2026');
    expect(formatCents('el', 123450).replaceAll(/\s/g, ' ')).toBe('1.234,50 €');
    expect(formatBytes('el', 1_300_000)).toBe('1,2 MB');
    expect(formatInstant('el', '2026-11-21T22:05:00Z')).toMatch(/22 Νοε 2026.*00:05/);
  });

  it('takes the day of Athens, not of the reader', () => {
    expect(athensDay(new Date('2026-11-21T22:30:00Z'))).toBe('2026-11-22');
  });
});

describe('What the engine could not do', () => {
  /** Every code that `engine/decide` opens an incident under, and those of its messages. */
  it.each([
    'event.undecided', 'effect.uncertain', 'effect.timedOut', 'message.notSent', 'message.refused', 'message.notComposed', 'call.failed', 'call.timedOut', 'call.inputInvalid',
    'call.outputInvalid', 'call.unregistered', 'pay.amountUnknown', 'wait.dateUnknown', 'flow.stepUnknown', 'flow.neverRests',
  ])('%s has a sentence of its own', (code) => {
    for (const language of DESK_LANGUAGES) expect(incidentWords(language, code)).not.toBe(incidentWords(language, 'no.suchCode'));
  });

  it.each([
    ['ask:event-3', 'Αίτημα για δικαιολογητικό'],
    ['receipt#1:message', 'Μήνυμα προς τον πολίτη'],
    ['papers#2:remind-0', 'Μήνυμα προς τον πολίτη'],
    ['lookUp#1:call', 'Κλήση σε άλλο σύστημα'],
    ['payment#1:step', 'Επόμενο βήμα της υπόθεσης'],
    ['event:4f6e', 'Καταγραφή ενέργειας'],
  ])('%s is told as «%s» to whoever does not read the case', (commandKey, words) => {
    expect(incidentSubject('el', commandKey)).toBe(words);
  });
});

describe('The address of a page', () => {
  const routes: readonly DeskRoute[] = [
    { page: 'queue', scope: 'mine' },
    { page: 'queue', scope: 'all' },
    { page: 'search' },
    { page: 'incidents' },
    { page: 'incidents', incident: { caseId: '0b7e6a1e-6a34-4f6e-9d0a-0d5a3a5f6f01', incidentId: 'incident-2' } },
    { page: 'filing' },
    { page: 'case', municipality: '9230', caseId: '0b7e6a1e-6a34-4f6e-9d0a-0d5a3a5f6f01' },
  ];

  it('leads back to the page', () => {
    for (const route of routes) expect(parseRoute(routeHash(route))).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/case/9230', '#/case/9230/<b>', '#/case/x/1', '#/incidents/<b>/1', '#/search?text=Παπαδοπούλου%'])('%s carries nothing and leads to a page', (hash) => {
    expect(routes.map((route) => route.page)).toContain(parseRoute(hash).page);
    expect(parseRoute(hash).page).not.toBe('case');
  });
});

describe('Who finds which page', () => {
  it.each([
    ['administrator', { page: 'queue', scope: 'mine' }, { page: 'incidents' }],
    ['administrator', { page: 'case', municipality: '9230', caseId: '1' }, { page: 'incidents' }],
    ['inspector', { page: 'filing' }, { page: 'queue', scope: 'mine' }],
    ['desk', { page: 'incidents' }, { page: 'queue', scope: 'mine' }],
    ['desk', { page: 'filing' }, { page: 'filing' }],
    ['supervisor', { page: 'incidents' }, { page: 'incidents' }],
  ] as const)('%s, asked for %o, is led to %o', (role, asked, led) => {
    expect(placeFor(asked, [role])).toEqual(led);
    expect(mayOpen(led.page, [role])).toBe(true);
  });

  it('whoever has no role where the case is keeps its address: the engine says no, and says why', () => {
    const route: DeskRoute = { page: 'case', municipality: '9220', caseId: '1' };
    expect(placeFor(route, [])).toBe(route);
  });
});

describe('The texts of the desk', () => {
  it('say the same things in both languages, with the same parameters', () => {
    const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
    expect(Object.keys(en).sort()).toEqual(Object.keys(el).sort());
    for (const key of Object.keys(el) as (keyof typeof el)[]) expect([key, names(en[key])]).toEqual([key, names(el[key])]);
  });

  it('keep to sentences of 25 words', () => {
    const long = [...Object.values(el), ...Object.values(en)].flatMap((text) => text.split(/[.;!?]/)).filter((sentence) => sentence.trim().split(/\s+/).length > 25);
    expect(long).toEqual([]);
  });

  it('are Greek in Greek: no Latin letter hides in a Greek word', () => {
    const mixed = Object.entries(el).filter(([, text]) => /(?=\p{L}*\p{Script=Greek})(?=\p{L}*\p{Script=Latin})\p{L}+/u.test(text));
    expect(mixed).toEqual([]);
  });
});
