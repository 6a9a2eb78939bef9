import { html, nothing } from '#widgets/elements/template.js';
import type { Question } from '#definitions/types/programme.js';
import { progressOf } from '#forms/pages/pages.js';
import { renderErrors } from '#widgets/elements/error-summary.js';
import { renderNotice } from '#widgets/elements/notice.js';
import { renderQuestion } from '#widgets/fields/question.js';
import type { Applying } from '../applying.js';

/** One group of questions. */
export function renderPage(widget: Applying): unknown {
  const { asked, application, errors, isSaving, unsaved } = widget;
  if (asked === undefined) return nothing;
  const { page, questions } = asked;
  const { number, count } = progressOf(application.pages, page.id);
  return html`<div class="top">
      <button type="button" class="link" @click=${() => widget.back()}>${widget.say('back')}</button>
      <span class="progress">${widget.tell('step', { number, count })}</span>
    </div>
    <progress aria-hidden="true" max=${count + 1} value=${number}></progress>
    ${renderErrors(errors, { heading: widget.say('errorsTitle'), choose: (pointer) => void widget.focusField(pointer) })}
    ${widget.renderHeading(widget.read(page.title), { focus: true })}
    <p class="intro">${widget.read(page.intro)}</p>
    <form
      novalidate
      autocomplete="off"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        void widget.next();
      }}
    >
      ${page.questions.map((question) => questions.includes(question) && renderQuestion(question, widget, application))}
      ${isSaving && renderNotice(widget.tell('saving'), 'wait')} ${renderNotice(unsaved, 'bad')}
      <div class="actions">
        <button type="submit" class="button">${widget.say('next')}</button>
        <button type="button" class="link" aria-disabled=${isSaving} @click=${() => void widget.saveForLater()}>${widget.tell('saveLater')}</button>
      </div>
    </form>
    ${renderReasons(questions, widget)}`;
}

/** Purpose and legal basis of every question of the page, in one place and out of the way. */
function renderReasons(questions: readonly Question[], widget: Applying): unknown {
  const reasoned = questions.filter(({ purpose, legalBasis }) => purpose ?? legalBasis);
  return (
    reasoned.length > 0 &&
    html`<details>
      <summary>${widget.tell('why')}</summary>
      <dl class="facts">
        ${reasoned.map(
          ({ label, purpose, legalBasis }) => html`<div>
            <dt>${widget.read(label)}</dt>
            <dd>${widget.read(purpose)}<span class="line hint" lang="el">${legalBasis}</span></dd>
          </div>`,
        )}
      </dl>
    </details>`
  );
}
