import type { Problem } from '#definitions/types/wire.js';
import type { Refused } from '#widgets/client/engine-client.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import type { Applying } from './applying.js';

/** What a refused submission asks for: the new version's questions, answers put right, or nothing but to be told. */
export async function refuse(widget: Applying, refused: Refused): Promise<void> {
  const { problem } = refused;
  if (problem?.code === 'programme.hashStale') return askAnew(widget, problem);
  const errors = messagesOf(problem, widget);
  const first = Object.keys(errors).find((pointer) => widget.application.pageOf(pointer) !== undefined);
  if (first !== undefined) return widget.showErrors(errors, first);
  widget.notice = problem?.code === 'submission.keyReused' || problem?.code === 'draft.unknown' ? widget.tell('alreadyFiled') : widget.tellReply(refused);
}

/** A version came meanwhile: what it asks anew is asked, everything else stays as typed. */
async function askAnew(widget: Applying, { findings = [], currentVersion }: Problem): Promise<void> {
  const asked = findings.filter(({ code }) => code === 'programme.questionNew').map(({ pointer }) => pointer.split('/')[2] ?? '');
  // By its name a programme may still be answered by the version before.
  if (!(await widget.open(currentVersion?.path))) return;
  // What must be said anew, a declaration in other words, is not said yet.
  for (const id of asked) widget.set(id, undefined);
  widget.newQuestions = asked;
  if (asked.length > 0) return widget.go('changed');
  widget.go('check');
  widget.notice = widget.tell('stale');
}

/** The findings of a refusal by JSON pointer into the answers; those about anything else are under "". */
function messagesOf(problem: Problem | undefined, widget: Applying): Messages {
  const messages: Record<string, string> = {};
  for (const { pointer, message } of problem?.findings ?? []) {
    const at = pointer.startsWith('/answers/') ? pointer.slice('/answers'.length) : '';
    messages[at] ??= widget.read(message);
  }
  return messages;
}
