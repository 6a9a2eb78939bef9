import type { Language } from '#forms/findings/tell.js';
import type { Reply } from '#widgets/client/engine-client.js';
import { messagesOf } from '#widgets/client/problems.js';
import type { Messages } from '#widgets/fields/field-nodes.js';

/** What a refused submission asks for: the new version's questions, answers put right, or nothing but to be told. */
export type Refusal =
  | { readonly kind: 'newVersion'; readonly asked: readonly string[] }
  | { readonly kind: 'answers'; readonly errors: Messages; readonly first: string }
  | { readonly kind: 'alreadyFiled' }
  | { readonly kind: 'other' };

interface Judging {
  readonly language: Language;
  /** The page that asks for what a pointer points at. */
  pageOf(pointer: string): string | null;
}

export function judgeRefusal({ problem }: Reply<unknown> & { readonly ok: false }, { language, pageOf }: Judging): Refusal {
  if (problem?.code === 'programme.hashStale') {
    const asked = (problem.findings ?? []).filter(({ code }) => code === 'programme.questionNew').map(({ pointer }) => pointer.split('/')[2] ?? '');
    return { kind: 'newVersion', asked };
  }
  const errors = messagesOf(problem, language);
  const first = Object.keys(errors).find((pointer) => pageOf(pointer) !== null);
  if (first !== undefined) return { kind: 'answers', errors, first };
  return problem?.code === 'submission.keyReused' || problem?.code === 'draft.unknown' ? { kind: 'alreadyFiled' } : { kind: 'other' };
}
