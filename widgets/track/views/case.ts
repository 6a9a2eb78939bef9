import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { CitizenCase, CitizenDocument, DecisionView } from '#definitions/types/wire.js';
import type { Question } from '#definitions/types/programme.js';
import { tellDate, tellMoney } from '#forms/findings/tell.js';
import { renderNotice } from '#widgets/elements/notice.js';
import { fieldOf } from '#widgets/fields/field.js';
import { file } from '#widgets/fields/file.js';
import type { Watching } from '../watching.js';

/** The whole case as its owner sees it: first what to do, then the decision, then the rest. */
export function renderCase(widget: Watching): unknown {
  const found = widget.case;
  if (found === undefined) return nothing;
  return html`${widget.renderHeading(widget.read(found.programmeTitle), { focus: true })}
    <p class="muted"><span translate="no">${found.protocolNumber}</span> · ${widget.tellInstant(found.filedAt)}</p>
    ${renderNotice(widget.notice, 'good')}
    ${renderNotice(widget.wrong, 'bad')}
    ${widget.isBusy && renderNotice(widget.tell('sending'), 'wait')}
    ${renderStatus(found, widget)} ${found.decision === undefined ? nothing : renderDecision(found.decision, widget)} ${renderInstalments(found, widget)}
    ${renderPapers(found, widget)} ${renderHistory(found, widget)} ${widget.renderContact(found.contact, { below: 1 })} ${found.status.closed ? nothing : renderWithdrawal(widget)}
    <div class="actions"><button type="button" class="link" @click=${() => widget.restart()}>${widget.tell('another')}</button></div>`;
}

/** Who holds it, what is missing, what comes next, by when. */
function renderStatus({ status }: CitizenCase, widget: Watching): TemplateResult {
  return html`<div class="box" translate="no">
    <p class="sentence">${widget.read(status.sentence)}</p>
    <dl class="facts">
      <div><dt>${widget.tell('now')}</dt><dd>${widget.read(status.stepTitle)}</dd></div>
      <div><dt>${widget.tell('holder')}</dt><dd>${widget.tell(`holder.${status.holder.kind}`)}</dd></div>
      ${status.missing.length === 0
        ? nothing
        : html`<div>
            <dt>${widget.tell('missing')}</dt>
            <dd>${status.missing.map(({ title, note }) => html`<span class="line">${widget.read(title)}${note === undefined ? nothing : html` <span class="muted">${note}</span>`}</span>`)}</dd>
          </div>`}
      <div><dt>${widget.tell('nextStep')}</dt><dd>${widget.read(status.next)}</dd></div>
      ${status.dueAt === undefined ? nothing : html`<div><dt>${widget.tell('dueAt')}</dt><dd>${widget.tellInstant(status.dueAt)}</dd></div>`}
    </dl>
  </div>`;
}

function renderDecision(decision: DecisionView, widget: Watching): TemplateResult {
  const { language } = widget;
  return html`${widget.renderHeading(widget.tell(decision.approved ? 'approved' : 'rejected'), { below: 1 })}
    <dl class="facts">
      ${decision.awardCents === undefined ? nothing : html`<div><dt>${widget.tell('award')}</dt><dd><b>${tellMoney(decision.awardCents, language)}</b></dd></div>`}
      ${decision.amounts.map(({ title, cents }) => html`<div><dt>${widget.read(title)}</dt><dd>${tellMoney(cents, language)}</dd></div>`)}
      <div><dt>${widget.tell('legalBasis')}</dt><dd lang="el">${decision.legalBasis}</dd></div>
    </dl>
    ${decision.note === undefined ? nothing : html`<p>${decision.note}</p>`}
    <details open=${!decision.approved}>
      <summary>${widget.tell('reasons')}</summary>
      <dl class="facts">
        ${decision.reasons
          .filter(({ value }) => value !== 'notApplicable')
          .map(
            ({ title, value, reason, legalBasis }) => html`<div>
              <dt>${widget.read(title)}</dt>
              <dd>
                <span class="tag ${value === 'true' ? 'good' : value === 'false' ? 'bad' : ''}">${widget.tell(`value.${value as 'true'}`)}</span>
                <span class="line">${widget.read(reason)}</span><span class="line hint" lang="el">${legalBasis}</span>
              </dd>
            </div>`,
          )}
      </dl>
    </details>
    ${widget.renderHeading(widget.tell('appeal'), { below: 2 })}
    <p>${widget.read(decision.appealText)}</p>
    <dl class="facts">
      <div><dt>${widget.tell('appealTo')}</dt><dd>${widget.read(decision.appealAuthority)}</dd></div>
      <div><dt>${widget.tell('appealUntil')}</dt><dd>${widget.tellInstant(decision.appealUntil)}</dd></div>
    </dl>`;
}

function renderInstalments({ instalments }: CitizenCase, widget: Watching): unknown {
  if (instalments.length === 0) return nothing;
  const { language } = widget;
  return html`${widget.renderHeading(widget.tell('instalments'), { below: 1 })}
    <dl class="facts">
      ${instalments.map(
        ({ title, amountCents, dueAt, paidOn }) => html`<div>
          <dt>${widget.read(title)}</dt>
          <dd>
            <b>${tellMoney(amountCents, language)}</b>
            <span class="line ${paidOn === undefined ? 'muted' : ''}"
              >${paidOn === undefined ? widget.tell('payBy', { date: widget.tellInstant(dueAt) }) : widget.tell('paidOn', { date: tellDate(paidOn, language) })}</span
            >
          </dd>
        </div>`,
      )}
    </dl>`;
}

function renderPapers(found: CitizenCase, widget: Watching): unknown {
  if (found.documents.length === 0) return nothing;
  return html`${widget.renderHeading(widget.tell('papers'), { below: 1 })} ${found.documents.map((paper) => renderPaper(paper, { widget, isClosed: found.status.closed }))}`;
}

function renderPaper(paper: CitizenDocument, { widget, isClosed }: { readonly widget: Watching; readonly isClosed: boolean }): TemplateResult {
  const { kind, status } = paper;
  const title = widget.read(paper.title);
  const tone = status === 'accepted' ? 'good' : status === 'refused' || status === 'asked' ? 'bad' : '';
  const mayBeSent = !isClosed && (status === 'missing' || status === 'asked' || status === 'refused');
  return html`<div class="paper">
    ${mayBeSent ? nothing : html`<b>${title}</b>`} <span class="tag ${tone}">${widget.tell(`paper.${status}`)}</span>
    ${paper.note === undefined ? nothing : html`<p>${paper.note}</p>`}
    ${mayBeSent
      ? html`${file(fieldOf({ form: widget, question: questionOf(paper), pointer: kind, errors: {}, states: widget.fieldStates, answer: () => widget.arrived[kind], change: () => undefined }))}
          ${(widget.arrived[kind] ?? []).length === 0
            ? nothing
            : html`<button type="button" class="button" aria-disabled=${widget.isBusy} @click=${() => void widget.hand(kind)}>${widget.tell('send', { what: title })}</button>`}`
      : nothing}
  </div>`;
}

function questionOf({ kind, title, hint }: CitizenDocument): Question {
  return { id: kind, type: 'file', document: kind, label: title, hint } as Question;
}

function renderHistory({ timeline }: CitizenCase, widget: Watching): unknown {
  if (timeline.length === 0) return nothing;
  return html`<details>
    <summary>${widget.tell('history')}</summary>
    <ol>
      ${timeline.map(({ at, text }) => html`<li><time datetime=${at}>${widget.tellInstant(at, { withTime: true })}</time>${widget.read(text)}</li>`)}
    </ol>
  </details>`;
}

function renderWithdrawal(widget: Watching): TemplateResult {
  if (!widget.isWithdrawing) return html`<button type="button" class="link" @click=${() => (widget.isWithdrawing = true)}>${widget.tell('withdraw')}</button>`;
  return html`<div class="box" role="group" aria-label=${widget.tell('withdraw')}>
    <p>${widget.tell('withdrawSure')}</p>
    <div class="actions">
      <button type="button" class="button" aria-disabled=${widget.isBusy} @click=${() => void widget.withdraw()}>${widget.tell('withdrawYes')}</button>
      <button type="button" class="link" @click=${() => (widget.isWithdrawing = false)}>${widget.tell('withdrawNo')}</button>
    </div>
  </div>`;
}
