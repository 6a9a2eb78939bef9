import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { renderNotice } from '#widgets/elements/notice.js';
import type { Watching } from '../watching.js';

/** The box for the tracking code. */
export function renderEntry(widget: Watching): TemplateResult {
  return html`${widget.renderHeading(widget.tell('title'), { focus: true })}
  ${renderBox(widget, { label: widget.tell('code'), hint: widget.tell('codeHint'), button: widget.tell('show'), mode: 'text', take: (typed) => widget.look(typed) })}`;
}

/** What anybody with the code may know, and the way to the rest. */
export function renderStage(widget: Watching): unknown {
  const { answer } = widget;
  if (answer === undefined) return nothing;
  const { channels } = answer;
  return html`${widget.renderHeading(widget.read(answer.stageTitle), { focus: true })}
    <dl class="facts">
      <div><dt>${widget.tell('protocol')}</dt><dd translate="no">${answer.protocolNumber}</dd></div>
      <div><dt>${widget.tell('filedAt')}</dt><dd>${widget.tellInstant(answer.filedAt, { withTime: true })}</dd></div>
      ${answer.dueAt === undefined ? nothing : html`<div><dt>${widget.tell('dueAt')}</dt><dd>${widget.tellInstant(answer.dueAt)}</dd></div>`}
    </dl>
    ${answer.closed ? html`<p>${widget.tell('closed')}</p>` : nothing} ${widget.renderHeading(widget.tell('fullTitle'), { below: 1 })}
    ${channels.length === 0 ? html`<p>${widget.tell('noChannel')}</p>` : html`<p>${widget.tell('fullHow')}</p>`}
    ${renderNotice(widget.notice)}
    ${widget.isChallenged
      ? renderBox(widget, { label: widget.tell('oneTime'), hint: widget.tell('oneTimeHint'), button: widget.tell('open'), mode: 'numeric', take: (typed) => widget.open(typed) })
      : renderNotice(widget.wrong, 'bad')}
    <div class="actions">
      ${channels.map(
        (channel) => html`<button type="button" class=${widget.isChallenged ? 'link' : 'button'} aria-disabled=${widget.isBusy} @click=${() => void widget.challenge(channel)}>
          ${widget.isChallenged ? `${widget.tell('again')}: ` : ''}${widget.tell(channel === 'email' ? 'byEmail' : 'bySms')}
        </button>`,
      )}
      <button type="button" class="link" @click=${() => widget.restart()}>${widget.tell('another')}</button>
    </div>`;
}

interface Box {
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly mode: 'text' | 'numeric';
  take(typed: string): Promise<void>;
}

/** A code is pasted as often as typed: nothing stops either. */
function renderBox(widget: Watching, { label, hint, button, mode, take }: Box): TemplateResult {
  const { wrong } = widget;
  return html`<form
    novalidate
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (!widget.isBusy) void take((event.target as HTMLFormElement).querySelector('input')?.value ?? '');
    }}
  >
    <div class="field">
      <label for="code" class="label">${label}</label>
      <p class="hint" id="code-hint">${hint}</p>
      ${wrong === '' ? nothing : html`<p class="error" id="code-error" role="alert">${widget.say('error')}: ${wrong}</p>`}
      <input
        id="code" class="typed"
        dir="ltr"
        inputmode=${mode}
        maxlength="200"
        autocomplete=${mode === 'numeric' ? 'one-time-code' : 'off'}
        autocapitalize="characters"
        spellcheck="false"
        aria-describedby="code-hint ${wrong === '' ? '' : 'code-error'}"
        aria-invalid=${wrong === '' ? nothing : 'true'}
      />
    </div>
    <button type="submit" class="button" aria-disabled=${widget.isBusy}>${button}</button>
  </form>`;
}
