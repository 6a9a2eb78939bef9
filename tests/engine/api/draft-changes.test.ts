import { describe, expect, it } from 'vitest';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { Answers } from '#engine/contract/case.js';
import { keepLeftovers, moveAnswers } from '#engine/api/draft-changes.js';
import type { MovedDraft } from '#engine/api/draft-changes.js';
import { fc } from '#tests/support/properties.js';
import { question, smallProgramme, text } from '../../definitions/small-programme.js';

const TODAY = '2026-03-10';
const form = (...questions: readonly Question[]): Programme => smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...questions] }] } });
const move = (answers: Answers, before: Programme, after: Programme): MovedDraft => moveAnswers(answers, { before, after, today: TODAY });

const name = question('name', 'text');
const truth = question('truth', 'declaration');
const household = (...items: readonly Question[]): Question => question('household', 'repeat', { itemsMax: 5, items: [...items] });

describe('A draft under a new version', () => {
  it('goes on silently when nothing is asked that is not answered', () => {
    expect(move({ name: 'Ά' }, form(name), form({ ...name, label: text('Πώς σας λένε;') }))).toEqual({ behaviour: 'adopt', questions: [], answers: { name: 'Ά' } });
    expect(move({ name: 'Ά' }, form({ ...name, optional: true }), form(name))).toMatchObject({ behaviour: 'adopt' });
  });

  it('is asked what is new and required, and only when it is asked of this person', () => {
    const rented = question('landlord', 'text', { visible: { var: 'rents' } });
    const rents = question('rents', 'yesNo');
    expect(move({ rents: true }, form(rents), form(rents, rented))).toMatchObject({ behaviour: 'ask', questions: ['landlord'], answers: { rents: true } });
    expect(move({ rents: false }, form(rents), form(rents, rented))).toMatchObject({ behaviour: 'adopt', questions: [] });
    expect(move({}, form(rents), form(rents, question('note', 'text', { optional: true })))).toMatchObject({ behaviour: 'adopt' });
  });

  it('has a declaration made again whose words have changed', () => {
    expect(move({ name: 'Ά', truth: true }, form(name, truth), form(name, { ...truth, label: text('Δηλώνω και τα νέα.') }))).toEqual({ behaviour: 'ask', questions: ['truth'], answers: { name: 'Ά' } });
  });

  it('is asked of every member of a list who lacks it', () => {
    const [age, school] = [question('age', 'number'), question('school', 'text')];
    const answers = { household: [{ age: 4, gone: 1 }, { age: 5, school: 'Πρώτο' }] };
    const moved = move(answers, form(household(age, question('gone', 'number'))), form(household(age, school)));
    expect(moved).toMatchObject({ behaviour: 'ask', questions: ['household'], answers: { household: [{ age: 4 }, { age: 5, school: 'Πρώτο' }] } });
  });

  it('keeps what is no longer asked, until it is asked again', () => {
    const [before, after] = [form(name, question('shoe', 'number')), form(name)];
    const given = { name: 'Ά', shoe: 42 };
    const moved = move(given, before, after);
    expect(moved.answers).toEqual({ name: 'Ά' });
    const kept = keepLeftovers(given, { answers: { name: 'Βήτα' }, programme: after });
    expect(kept).toEqual({ name: 'Βήτα', shoe: 42 });
    expect(move(kept, after, before).answers).toEqual({ name: 'Βήτα', shoe: 42 });
  });

  it('loses no answer to a question that is still asked in the same words, whatever else changes', () => {
    const ids = ['a', 'b', 'c', 'd'] as const;
    const some = fc.subarray([...ids]);
    fc.assert(
      fc.property(some, some, fc.dictionary(fc.constantFrom(...ids), fc.string({ minLength: 1 })), (old, now, answers) => {
        const of = (chosen: readonly string[]): Programme => form(...chosen.map((id) => question(id, 'text')));
        const moved = move(answers, of(old), of(now));
        for (const id of now) if (Object.hasOwn(answers, id)) expect(moved.answers[id]).toBe(answers[id]);
        expect(moved.behaviour === 'ask').toBe(now.some((id) => !old.includes(id) && !Object.hasOwn(answers, id)));
      }),
    );
  });
});
