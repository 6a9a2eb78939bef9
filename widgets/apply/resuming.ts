import type { DraftView } from '#definitions/types/wire.js';
import type { Applying } from './applying.js';
import { Draft } from './draft.js';

/** Takes up an application that was put aside. @returns why not, as a sentence; "" when it goes on */
export async function resume(widget: Applying, typed: string): Promise<string> {
  const code = typed.trim().slice(0, 200);
  if (code === '') return widget.tell('resumeMissing');
  const { client } = widget;
  const { path } = widget.draft;
  const reply = await client<DraftView>({ path: `${path}/resume`, body: { resumeCode: code }, patienceMs: 10_000 });
  if (!reply.ok) return widget.tellReply(reply);
  const view = reply.value;
  const { hash, questions } = view.change ?? { hash: view.hash, questions: [] };
  if (hash !== widget.application.hash && !(await widget.open())) return widget.notice;
  widget.draft = new Draft(client, path);
  widget.draft.kept = { code, view };
  widget.application.restore(view.answers);
  widget.application.onBehalf = view.onBehalf ?? 'self';
  widget.uploads.know(view.documents);
  widget.newQuestions = questions;
  if (questions.length > 0) widget.go('changed');
  else widget.goOn(widget.application.firstUnfinished(widget.texts.shared.form));
  return '';
}
