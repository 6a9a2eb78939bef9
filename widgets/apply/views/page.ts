import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Question } from '#definitions/types/programme.js';
import { summariseAnswers } from '#forms/answers/summarise.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { progressOf } from '#forms/pages/pages.js';
import { todayInAthens } from '#widgets/client/today.js';
import { pointerTo } from '#widgets/fields/field-nodes.js';
import type { Applying } from '../applying.js';

/** One group of questions. */
export function renderPage(widget: Applying): unknown {
  const { asked, application } = widget;
  if (asked === undefined) return nothing;
  const { number, count } = progressOf(application.pages, asked.page.id);
  return html`<div class="top">
      <button type="button" class="link" @click=${() => widget.back()}>${widget.say('back')}</button>
      <span class="progress">${widget.tell('step', { number, count })}</span>
    </div>
    ${renderBar(number / (count + 1))}
    <dk-error-summary
      .heading=${widget.say('errorsTitle')}
      .lines=${Object.entries(widget.errors).map(([pointer, message]) => ({ pointer, message }))}
      @dk-choose=${(event: CustomEvent<string>) => void widget.focusField(event.detail)}
    ></dk-error-summary>
    ${widget.renderHeading(widget.read(asked.page.title), { focus: true })}
    ${asked.page.intro === undefined ? nothing : html`<p class="intro">${widget.read(asked.page.intro)}</p>`}
    <form
      novalidate
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        void widget.next();
      }}
      @keydown=${(event: KeyboardEvent) => continueOnEnter(event, widget)}
    >
      ${asked.questions.map((question) => renderQuestion(question, widget))}
      ${widget.isSaving ? html`<dk-notice tone="wait">${widget.tell('saving')}</dk-notice>` : nothing}
      ${widget.unsaved === '' ? nothing : html`<dk-notice tone="bad">${widget.unsaved}</dk-notice>`}
      <div class="actions">
        <button type="submit" class="button">${widget.say('next')}</button>
        <button type="button" class="link" aria-disabled=${widget.isSaving ? 'true' : nothing} @click=${() => void widget.saveForLater()}>${widget.tell('saveLater')}</button>
      </div>
    </form>
    ${renderReasons(asked.questions, widget)}`;
}

function renderQuestion(question: Question, widget: Applying): unknown {
  const { application } = widget;
  const typed = application.typed[question.id] ?? fieldTypes[question.type].empty(question);
  return widget.nodes.place(pointerTo('', question.id), {
    question,
    value: question.type === 'computed' ? computedText(question, widget) : typed,
    errors: widget.errors,
    surroundings: widget.surroundings,
    change: (value) => widget.set(question.id, value),
  });
}

function computedText(question: Question, { application, texts }: Applying): string {
  const pages = summariseAnswers(application.programme, application.answers, { texts: texts.shared.form, today: todayInAthens() });
  return pages.flatMap(({ rows }) => rows).find((row) => row.question === question)?.value ?? '';
}

/** The controls stand in roots of their own, so the browser's own "Enter submits" does not reach them. */
function continueOnEnter(event: KeyboardEvent, widget: Applying): void {
  const [target] = event.composedPath();
  if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || target.type === 'file' || event.isComposing) return;
  if (target.closest('fieldset.box') !== null || event.composedPath().some((node) => node instanceof Element && node.matches('dk-repeat-field'))) return;
  event.preventDefault();
  void widget.next();
}

/** How far along, for the eye; the text above says the same. */
function renderBar(part: number): TemplateResult {
  return html`<div class="bar" aria-hidden="true">
    <svg viewBox="0 0 100 4" preserveAspectRatio="none"><path d="M0 2H${Math.round(part * 100)}" stroke-width="4"></path></svg>
  </div>`;
}

/** Purpose and legal basis of every question of the page, in one place and out of the way. */
function renderReasons(questions: readonly Question[], widget: Applying): unknown {
  const reasoned = questions.filter(({ purpose, legalBasis }) => purpose !== undefined || legalBasis !== undefined);
  if (reasoned.length === 0) return nothing;
  return html`<details>
    <summary>${widget.tell('why')}</summary>
    <dl class="facts">
      ${reasoned.map(
        ({ label, purpose, legalBasis }) => html`<div>
          <dt>${widget.read(label)}</dt>
          <dd>${widget.read(purpose)}${legalBasis === undefined ? nothing : html`<span class="line hint" lang="el">${legalBasis}</span>`}</dd>
        </div>`,
      )}
    </dl>
  </details>`;
}
