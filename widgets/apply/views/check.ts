import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { SummaryRow } from '#forms/answers/summarise.js';
import { summariseAnswers } from '#forms/answers/summarise.js';
import { todayInAthens } from '#widgets/client/today.js';
import { toldLines } from '#widgets/elements/base-element.js';
import type { Applying } from '../applying.js';

/** Everything that was answered, each with its way back; and the one button that submits. */
export function renderCheck(widget: Applying): unknown {
  const { application, texts } = widget;
  if (application === undefined || texts === undefined) return nothing;
  const isOpen = application.sending !== 'idle';
  const pages = summariseAnswers(application.programme, application.answers, { texts: texts.shared.form, today: todayInAthens() });
  return html`<div class="top">${isOpen ? nothing : html`<button type="button" class="link" @click=${() => widget.back()}>${widget.say('back')}</button>`}</div>
    ${widget.renderHeading(widget.tell('check'), { focus: true })}
    <dl class="facts">
      <div class="with-action">
        <dt>${widget.tell('applicant')}</dt>
        <dd>${widget.isByRelative ? widget.tell('relative') : widget.tell('self')}</dd>
        <dd>${isOpen ? nothing : renderChange(widget.tell('applicant'), { widget, change: () => widget.changeApplicant() })}</dd>
      </div>
    </dl>
    ${pages.map(
      ({ title, rows }) => html`${widget.renderHeading(title, { below: 1 })}
        <dl class="facts">${rows.map((row) => renderRow(row, { widget, isOpen }))}</dl>`,
    )}
    ${renderSubmission(widget)}`;
}

function renderRow(row: SummaryRow, { widget, isOpen }: { readonly widget: Applying; readonly isOpen: boolean }): TemplateResult {
  const { question, pointer, label, value, members } = row;
  const files = question.type === 'file' ? widget.uploads.list(pointer, listOf(widget, pointer)).map(({ name }) => name) : [];
  const lines = files.length > 0 ? files.join('\n') : value;
  return html`<div class="with-action">
      <dt>${label}</dt>
      <dd>${lines === '' ? html`<span class="muted">${widget.tell('notAnswered')}</span>` : toldLines(lines)}</dd>
      <dd>
        ${isOpen || question.type === 'computed'
          ? nothing
          : renderChange(label, { widget, change: () => void widget.changeAnswer(pointer) })}
      </dd>
    </div>
    ${members.map(
      (member) => html`<div class="with-action">
        <dt>${member.title}</dt>
        <dd>${member.rows.filter((inner) => inner.value !== '').map((inner) => html`<span class="line"><span class="muted">${inner.label.replace(/[:;;?]$/, '')}:</span> ${inner.value}</span>`)}</dd>
      </div>`,
    )}`;
}

function renderChange(label: string, { widget, change }: { readonly widget: Applying; change(): void }): TemplateResult {
  return html`<button type="button" class="link" @click=${change}>${widget.say('change')}<span class="unseen">: ${label}</span></button>`;
}

function listOf(widget: Applying, pointer: string): readonly string[] {
  const value = widget.application?.typed[pointer.slice(1)];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function renderSubmission(widget: Applying): TemplateResult {
  const sending = widget.application?.sending ?? 'idle';
  const isBusy = sending === 'sending' || sending === 'checking';
  return html`<div class="submission">
    ${sending === 'sending' ? html`<dk-notice tone="wait">${widget.tell('sending')}</dk-notice>` : nothing}
    ${sending === 'checking' ? html`<dk-notice tone="wait">${widget.tell('checking')}</dk-notice>` : nothing}
    ${sending === 'unknown' ? html`<dk-notice tone="bad">${widget.tell('unknown')}</dk-notice>` : nothing}
    ${widget.notice === '' ? nothing : html`<dk-notice tone="bad">${widget.notice}</dk-notice>`}
    <div class="actions">
      <button type="button" class="button" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void widget.submit()}>
        ${sending === 'unknown' ? widget.say('tryAgain') : widget.tell('submit')}
      </button>
    </div>
  </div>`;
}
