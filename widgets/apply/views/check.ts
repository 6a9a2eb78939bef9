import { html, toldLines } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { SummaryRow } from '#forms/answers/summarise.js';
import { summariseAnswers } from '#forms/answers/summarise.js';
import { todayInAthens } from '#widgets/client/today.js';
import { renderNotice } from '#widgets/elements/notice.js';
import type { Applying } from '../applying.js';

/** Everything that was answered, each with its way back; and the one button that submits. */
export function renderCheck(widget: Applying): TemplateResult {
  const { application, notice } = widget;
  const { programme, answers, sending, onBehalf } = application;
  const isOpen = sending !== 'idle';
  const isUnknown = sending === 'unknown';
  const isBusy = sending === 'sending' || sending === 'checking';
  const problem = isUnknown ? widget.tell('unknown') : notice;
  /** A fact, and the way to change it: not while the outcome of a submission is open. */
  const renderFact = (label: string, value: unknown, change?: () => void): TemplateResult => html`<div class="with-action">
    <dt>${label}</dt>
    <dd>${value}</dd>
    <dd>${!isOpen && change && html`<button type="button" class="link" @click=${change}>${widget.say('change')}<span class="unseen">: ${label}</span></button>`}</dd>
  </div>`;
  const renderRow = (row: SummaryRow): unknown => [
    renderFact(row.label, renderValue(row, widget), row.question.type === 'computed' ? undefined : () => void widget.changeAnswer(row.pointer)),
    ...row.members.map(({ title, rows }) =>
      renderFact(title, rows.filter(({ value }) => value !== '').map(({ label, value }) => html`<span class="line"><span class="muted">${label.replace(/[:;;?]$/, '')}:</span> ${value}</span>`)),
    ),
  ];
  return html`<div class="top">${!isOpen && html`<button type="button" class="link" @click=${() => widget.back()}>${widget.say('back')}</button>`}</div>
    ${widget.renderHeading(widget.tell('check'), { focus: true })}
    ${programme.applicants !== 'self' && html`<dl class="facts">${renderFact(widget.tell('applicant'), widget.tell(onBehalf), () => widget.changeApplicant())}</dl>`}
    ${summariseAnswers(programme, answers, { texts: widget.texts.shared.form, today: todayInAthens() }).map(
      ({ title, rows }) => html`${widget.renderHeading(title, { below: 1 })}
        <dl class="facts">${rows.map(renderRow)}</dl>`,
    )}
    ${isBusy && renderNotice(widget.tell(sending), 'wait')}
    ${renderNotice(problem, 'bad')}
    <div class="actions">
      <button type="button" class="button" aria-disabled=${isBusy} @click=${() => void widget.submit()}>${isUnknown ? widget.say('tryAgain') : widget.tell('submit')}</button>
    </div>`;
}

/** The names of files; else the answer. */
function renderValue({ question, pointer, value }: SummaryRow, widget: Applying): unknown {
  const { application, uploads } = widget;
  const ids = application.typed[question.id];
  const files = question.type === 'file' ? uploads.list(pointer, (ids as readonly string[] | undefined) ?? []).map(({ name }) => name) : [];
  const lines = files.length > 0 ? files.join('\n') : value;
  const missing = question.type === 'file' ? widget.formTexts.words.notGiven : widget.tell('notAnswered');
  return lines === '' ? html`<span class="muted">${missing}</span>` : toldLines(lines);
}
