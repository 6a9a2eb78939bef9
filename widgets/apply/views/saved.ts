import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { renderNotice } from '#widgets/elements/notice.js';
import type { Applying } from '../applying.js';
import { resume } from '../resuming.js';

/** The resume code, large, and what it is for. */
function renderSaved(widget: Applying): unknown {
  const { kept } = widget.draft;
  if (kept === undefined) return nothing;
  const { code, view } = kept;
  return html`${widget.renderHeading(widget.tell('saved'), { focus: true })}
    <div class="box good"><span>${widget.tell('resumeCode')}</span><span class="code" translate="no">${code}</span></div>
    <p>${widget.tell('savedHow', { date: widget.tellInstant(view.expiresAt) })}</p>
    <p><b>${widget.tell('savedWarning')}</b></p>
    ${renderNotice(widget.notice, 'good')}
    <div class="actions">
      <button type="button" class="button" @click=${() => widget.go('page', widget.place.pageId)}>${widget.tell('goOn')}</button>
      <button type="button" class="link" @click=${() => void copy(code, widget)}>${widget.tell('copy')}</button>
      <button type="button" class="link" @click=${() => print()}>${widget.say('print')}</button>
    </div>`;
}

async function copy(code: string, widget: Applying): Promise<void> {
  try {
    await navigator.clipboard.writeText(code);
    widget.notice = widget.tell('copied');
  } catch {
    // Not allowed here: the code stands above and can be marked.
  }
}

/** A box for the code; it is read however it is typed. */
function renderResume(widget: Applying): TemplateResult {
  const wrong = widget.notice;
  return html`<div class="top"><button type="button" class="link" @click=${() => widget.go('start')}>${widget.say('back')}</button></div>
    ${widget.renderHeading(widget.tell('resumeTitle'), { focus: true })}
    <form
      novalidate
      @submit=${async (event: SubmitEvent) => {
        event.preventDefault();
        const input = (event.target as HTMLFormElement).querySelector('input');
        widget.notice = await resume(widget, input?.value ?? '');
        if (widget.notice !== '') input?.focus();
      }}
    >
      <div class="field">
        <label for="code" class="label">${widget.tell('resumeCode')}</label>
        <p class="hint" id="code-hint">${widget.tell('resumeHint')}</p>
        ${wrong === '' ? nothing : html`<p class="error" id="code-error" role="alert">${widget.say('error')}: ${wrong}</p>`}
        <input id="code" class="typed" dir="ltr" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="200" aria-describedby="code-hint ${wrong === '' ? '' : 'code-error'}" aria-invalid=${wrong === '' ? nothing : 'true'} />
      </div>
      <div class="actions"><button type="submit" class="button">${widget.say('next')}</button></div>
    </form>`;
}

/** The programme changed meanwhile: what it asks anew, each a step away. What was written before stands. */
function renderChanged(widget: Applying): TemplateResult {
  const asked = widget.application.questions.filter(({ id }) => widget.newQuestions.includes(id));
  const first = asked[0]?.id ?? '';
  return html`${widget.renderHeading(widget.tell('changed'), { focus: true })}
    <p>${widget.tell('changedHow')}</p>
    <ul class="bullets">
      ${asked.map(({ id, label }) => html`<li><button type="button" class="link" @click=${() => void widget.changeAnswer(`/${id}`)}>${widget.read(label)}</button></li>`)}
    </ul>
    <div class="actions"><button type="button" class="button" @click=${() => void widget.changeAnswer(`/${first}`)}>${widget.say('next')}</button></div>`;
}

/** The page of one who is off the straight road. */
export function renderDetour(widget: Applying): unknown {
  const { view } = widget.place;
  return view === 'saved' ? renderSaved(widget) : view === 'resume' ? renderResume(widget) : renderChanged(widget);
}
