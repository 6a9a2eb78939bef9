import { html, nothing, toldLines } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Programme } from '#definitions/types/programme.js';
import { tellDate } from '#forms/findings/tell.js';
import { todayInAthens } from '#widgets/client/today.js';
import { renderNotice } from '#widgets/elements/notice.js';
import type { Applying } from '../applying.js';

const LANGUAGES = [['el', 'Ελληνικά'], ['en', 'English']] as const;

/** What it is, what is needed, until when, where help is found; and the two ways in. */
export function renderStart(widget: Applying): TemplateResult {
  const { programme } = widget.application;
  const { before } = programme;
  const { from, until } = programme.opening;
  const today = todayInAthens();
  const date = (day: string): { readonly date: string } => ({ date: tellDate(day, widget.language) });
  // The engine decides; this only spares a person the form of a call that is over.
  const closed = today < from ? widget.tell('opensOn', date(from)) : until !== undefined && today > until ? widget.tell('closedOn', date(until)) : '';
  return html`<div class="top">
      <span>${widget.municipalityTitle}</span>
      <span>${LANGUAGES.filter(([language]) => language !== widget.language).map(([language, name]) => html`<button type="button" class="link" lang=${language} @click=${() => void widget.switchTo(language)}>${name}</button> `)}</span>
    </div>
    ${widget.renderHeading(widget.read(programme.title), { focus: true })}
    <p class="lead">${widget.read(programme.summary)}</p>
    ${closed === '' ? (until === undefined ? nothing : html`<p>${widget.tell('openUntil', date(until))}</p>`) : renderNotice(closed)}
    ${before === undefined
      ? nothing
      : html`${widget.renderHeading(widget.tell('before'), { below: 1 })}
          <p>${toldLines(widget.read(before))}</p>`}
    ${renderPapers(programme, widget)}
    ${closed === '' ? renderApplicant(widget) : nothing}
    ${renderNotice(widget.notice, 'bad')}
    <div class="actions">
      ${closed === '' ? html`<button type="button" class="button" @click=${() => void widget.start()}>${widget.tell('start')}</button>` : nothing}
      <button type="button" class="link" @click=${() => void widget.startResuming()}>${widget.tell('resume')}</button>
    </div>
    ${widget.renderContact(programme.contact as never, { below: 1 })}`;
}

/** One may apply for a relative; that is told to the engine, and stands in the case. */
function renderApplicant(widget: Applying): TemplateResult {
  const { application } = widget;
  const choice = (isByRelative: boolean, text: unknown): TemplateResult => html`<label class="option">
    <input type="radio" name="applicant" .checked=${application.isByRelative === isByRelative} @change=${() => (application.isByRelative = isByRelative)} /><span>${text}</span>
  </label>`;
  return html`<fieldset class="field">
    <legend class="label">${widget.tell('applicant')}</legend>
    ${choice(false, widget.tell('self'))}${choice(true, html`${widget.tell('relative')}<span class="line hint">${widget.tell('relativeHint')}</span>`)}
  </fieldset>`;
}

function renderPapers({ documents }: Programme, widget: Applying): unknown {
  if (documents.length === 0) return nothing;
  return html`${widget.renderHeading(widget.tell('papers'), { below: 1 })}
    <ul class="bullets">
      ${documents.map(({ title, hint }) => html`<li>${widget.read(title)}<span class="line hint">${widget.read(hint)}</span></li>`)}
    </ul>
    ${documents.every(({ mayBeMissingAtFiling }) => mayBeMissingAtFiling) ? html`<p class="hint">${widget.tell('papersLater')}</p>` : nothing}`;
}
