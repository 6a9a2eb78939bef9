import type { Programme, Question, Subject } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { nameDrafts } from './parts.js';

/** For whom an application is made: told apart by questions that everybody answers, in groups that exist. */
export function findUnsoundSubject({ form, subject, selection }: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  const groups = subject?.groups ?? [];
  const unit = nameDrafts(selection?.unit?.group, { noun: 'group', pointer: '/selection/unit/group', list: groups, damaged });
  if (subject === undefined) return unit;
  const asked = form.pages.flatMap((page) => page.questions.map((question) => ({ ...question, isCertain: page.visible === undefined && question.visible === undefined && question.optional !== true })));
  return [
    ...(subject.kind === 'organisation' ? [{ code: 'subjectNotRunnable' as const, pointer: '/subject/kind', params: { kind: subject.kind } }] : []),
    ...subject.identifiedBy.flatMap((id, position) => identityDrafts(id, { pointer: below('/subject/identifiedBy', position), asked, damaged })),
    ...memberDrafts(subject, { asked, damaged }),
    ...groups.flatMap(({ id, question, within }, position) => {
      const pointer = below('/subject/groups', position);
      return [
        ...nameDrafts(question, { noun: 'question', pointer: below(pointer, 'question'), list: asked, damaged }),
        ...nameDrafts(within, { noun: 'group', pointer: below(pointer, 'within'), list: groups, damaged }),
        ...(isWithinItself(id, groups) ? [{ code: 'groupCircular' as const, pointer: below(pointer, 'within'), params: { name: id } }] : []),
      ];
    }),
    ...unit,
  ];
}

interface Asked {
  readonly asked: readonly (Question & { readonly isCertain: boolean })[];
  readonly damaged: ReadonlySet<string>;
}

function identityDrafts(id: string, { pointer, asked, damaged }: Asked & { readonly pointer: string }): readonly Draft[] {
  const found = asked.find((question) => question.id === id);
  if (found === undefined) return nameDrafts(id, { noun: 'question', pointer, list: [], damaged });
  return found.isCertain ? [] : [{ code: 'subjectUnidentified', pointer, params: { name: id } }];
}

function memberDrafts({ kind, members }: Subject, { asked, damaged }: Asked): readonly Draft[] {
  if (members !== undefined && kind !== 'household') return [{ code: 'subjectStray', pointer: '/subject/members', params: { kind } }];
  return nameDrafts(members, { noun: 'group', pointer: '/subject/members', list: asked.filter(({ type }) => type === 'repeat'), damaged });
}

function isWithinItself(id: string, groups: NonNullable<Subject['groups']>): boolean {
  const seen = new Set<string>();
  for (let name = groups.find((group) => group.id === id)?.within; name !== undefined && !seen.has(name); name = groups.find((group) => group.id === name)?.within) {
    if (name === id) return true;
    seen.add(name);
  }
  return false;
}
