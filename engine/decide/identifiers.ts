import type { Programme, Question } from '#definitions/types/programme.js';
import { compactDigits, compactLatin } from '#forms/fields/typed-text.js';
import type { Answers, Json } from '#engine/contract/case.js';
import type { CaseIdentifier } from '#engine/contract/rooms.js';

/** The people of an application, as far as a register could find them again. */
export interface CasePeople {
  readonly identifiers: readonly CaseIdentifier[];
  /** Nothing by which the applicant could be found. */
  readonly applicantUnknown: boolean;
  /** Members of the household by nothing of whom they could be found. */
  readonly membersUnknown: number;
}

/** Numbers that stand for one person. The Personal Number is never a key; "another paper" says too little. */
const DIGITS = ['afm', 'amka', 'paaypa'] as const;
const PAPERS = ['idCard', 'passport', 'residencePermit'] as const;

type Found = Pick<CaseIdentifier, 'kind' | 'value'>;

/**
 * The applicant by the questions with the roles `applicantAfm` and `applicantAmka`, and by the question of type `identity`
 * when the form has one outside its groups; the members by the questions of these types in the group with the role `household`.
 */
export function peopleOf({ form }: Pick<Programme, 'form'>, answers: Answers): CasePeople {
  const questions = form.pages.flatMap((page) => page.questions);
  const papers = questions.filter(({ type }) => type === 'identity');
  const applicant = questions.flatMap((question): readonly Found[] => {
    const value = own(answers, question.id);
    if (question.role === 'applicantAfm') return numberOf('afm', value);
    if (question.role === 'applicantAmka') return numberOf('amka', value);
    return papers.length === 1 && question === papers[0] ? papersOf(value) : [];
  });
  const members = questions.filter(({ role, type }) => role === 'household' && type === 'repeat').flatMap((group) => membersOf(group, own(answers, group.id)));
  return {
    identifiers: [...applicant.map((found) => ({ subject: 'applicant' as const, ...found })), ...members.flat().map((found) => ({ subject: 'member' as const, ...found }))],
    applicantUnknown: applicant.length === 0,
    membersUnknown: members.filter((found) => found.length === 0).length,
  };
}

function membersOf(group: Question, value: Json): readonly (readonly Found[])[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).map((member) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return [];
    return (group.items ?? []).flatMap((question) => {
      const answer = own(member as Answers, question.id);
      if (question.type === 'afm' || question.type === 'amka') return numberOf(question.type, answer);
      return question.type === 'identity' ? papersOf(answer) : [];
    });
  });
}

function papersOf(value: Json): readonly Found[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((paper) => {
    if (typeof paper !== 'object' || paper === null || Array.isArray(paper)) return [];
    const { kind, value: number } = paper as { readonly kind?: Json; readonly value?: Json };
    return typeof kind === 'string' ? numberOf(kind, number ?? null) : [];
  });
}

/** Written in one way, whatever the keyboard: the same number must meet itself. */
function numberOf(kind: string, value: Json): readonly Found[] {
  if (typeof value !== 'string') return [];
  const isDigits = (DIGITS as readonly string[]).includes(kind);
  if (!isDigits && !(PAPERS as readonly string[]).includes(kind)) return [];
  const compact = isDigits ? compactDigits(value) : compactLatin(value);
  return compact === '' ? [] : [{ kind, value: compact }];
}

function own(answers: Answers, id: string): Json {
  return Object.hasOwn(answers, id) ? (answers[id] ?? null) : null;
}
