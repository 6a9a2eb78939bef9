import type { Fact, Programme, Question } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

type Lookup = NonNullable<Fact['lookup']>;

/** What a lookup can tell. A person or an activity may tell anything. */
const TYPES: Readonly<Partial<Record<Lookup['kind'], readonly Fact['type'][]>>> = { activeIn: ['boolean'], history: ['boolean', 'number'], rounds: ['boolean', 'number'] };

/** A fact says how its value is found, in a way that this version runs, that fits its type, and that finds the people it means. */
export function findUnsoundFacts(programme: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  return programme.facts.flatMap((fact, position) => factDrafts(fact, { programme, damaged, pointer: below('/facts', position) }));
}

interface Place {
  readonly programme: Programme;
  readonly damaged: ReadonlySet<string>;
  readonly pointer: string;
}

function factDrafts({ id, type, lookup }: Fact, { programme, damaged, pointer }: Place): readonly Draft[] {
  if (lookup === undefined) return damaged.has('lookup') ? [] : [{ code: 'factNotRunnable', pointer, params: { name: id } }];
  const place = below(pointer, 'lookup');
  const drafts: Draft[] = lookup.kind === 'rounds' ? [{ code: 'factNotRunnable', pointer: place, params: { name: id } }] : [];
  const types = TYPES[lookup.kind];
  if (types !== undefined && !types.includes(type)) drafts.push({ code: 'factTypeUntold', pointer: below(pointer, 'type'), params: { name: id, expected: types.join(', ') } });
  if (lookup.kind === 'call' && !damaged.has(lookup.step) && !programme.flow.steps.some((step) => step.kind === 'call' && step.id === lookup.step)) {
    drafts.push({ code: 'nameUnknown', pointer: below(place, 'step'), params: { noun: 'step', name: lookup.step } });
  }
  const isOfRecord = lookup.kind === 'activeIn' || lookup.kind === 'history';
  if (isOfRecord && lookup.otherwise === undefined && !mayFind(programme, lookup.of)) drafts.push({ code: 'factUnfindable', pointer: place, params: { name: id } });
  return drafts;
}

/** The record finds people by their numbers: does the form ask for any, of everybody who is meant? */
function mayFind({ form }: Programme, of: 'applicant' | 'household'): boolean {
  const questions = form.pages.flatMap((page) => page.questions);
  const isOfApplicant = ({ role, type }: Question): boolean => role === 'applicantAfm' || role === 'applicantAmka' || type === 'identity';
  const groups = questions.filter(({ role, type }) => role === 'household' && type === 'repeat');
  const isOfMember = ({ type }: Question): boolean => type === 'afm' || type === 'amka' || type === 'identity';
  return questions.some(isOfApplicant) && (of === 'applicant' || groups.every(({ items = [] }) => items.some(isOfMember)));
}
