import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Programme } from '#definitions/types/programme.js';
import { tellDate } from '#forms/findings/tell.js';
import { toldLines } from '#widgets/elements/base-element.js';
import { todayInAthens } from '#widgets/client/today.js';
import type { Applying } from '../applying.js';

const LANGUAGES = { el: 'Ελληνικά', en: 'English' } as const;

/** What it is, what is needed, until when, where help is found; and the two ways in. */
export function renderStart(widget: Applying): unknown {
  const programme = widget.opened?.programme;
  if (programme === undefined) return nothing;
  const closed = whyClosed(programme, widget);
  return html`${renderLanguages(widget)} ${widget.renderHeading(widget.read(programme.title), { focus: true })}
    <p class="lead">${widget.read(programme.summary)}</p>
    ${closed === '' ? renderOpening(programme, widget) : html`<dk-notice>${closed}</dk-notice>`}
    ${programme.before === undefined
      ? nothing
      : html`${widget.renderHeading(widget.tell('before'), { below: 1 })}
          <p>${toldLines(widget.read(programme.before))}</p>`}
    ${renderPapers(programme, widget)}
    ${closed === '' ? renderApplicant(widget) : nothing}
    ${widget.notice === '' ? nothing : html`<dk-notice tone="bad">${widget.notice}</dk-notice>`}
    <div class="actions">
      ${closed === '' ? html`<button type="button" class="button" @click=${() => void widget.start()}>${widget.tell('start')}</button>` : nothing}
      <button type="button" class="link" @click=${() => void widget.startResuming()}>${widget.tell('resume')}</button>
    </div>
    ${widget.renderContact(programme.contact as never, { below: 1 })}`;
}

/** One may apply for a relative; that is told to the engine, and stands in the case. */
function renderApplicant(widget: Applying): TemplateResult {
  return html`<fieldset class="applicant">
    <legend>${widget.tell('applicant')}</legend>
    ${[false, true].map(
      (isByRelative) => html`<label
        ><input type="radio" name="applicant" .checked=${widget.isByRelative === isByRelative} @change=${() => (widget.isByRelative = isByRelative)} /><span>${isByRelative ? html`${widget.tell('relative')}<span class="line hint">${widget.tell('relativeHint')}</span>` : widget.tell('self')}</span></label
      >`,
    )}
  </fieldset>`;
}

function renderLanguages(widget: Applying): TemplateResult {
  const others = (Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]).filter((language) => language !== widget.language);
  return html`<div class="top">
    <span>${widget.municipalityTitle}</span>
    <span>${others.map((language) => html`<button type="button" class="link" lang=${language} @click=${() => void widget.switchTo(language)}>${LANGUAGES[language]}</button> `)}</span>
  </div>`;
}

function renderOpening({ opening }: Programme, widget: Applying): unknown {
  return opening.until === undefined ? nothing : html`<p>${widget.tell('openUntil', { date: tellDate(opening.until, widget.language) })}</p>`;
}

/** The engine decides; this only spares a person the form of a call that is over. */
function whyClosed({ opening }: Programme, widget: Applying): string {
  const today = todayInAthens();
  if (today < opening.from) return widget.tell('opensOn', { date: tellDate(opening.from, widget.language) });
  return opening.until !== undefined && today > opening.until ? widget.tell('closedOn', { date: tellDate(opening.until, widget.language) }) : '';
}

function renderPapers({ documents }: Programme, widget: Applying): unknown {
  if (documents.length === 0) return nothing;
  return html`${widget.renderHeading(widget.tell('papers'), { below: 1 })}
    <ul class="bullets">
      ${documents.map(({ title, hint }) => html`<li>${widget.read(title)}${hint === undefined ? nothing : html`<span class="line hint">${widget.read(hint)}</span>`}</li>`)}
    </ul>
    ${documents.every(({ mayBeMissingAtFiling }) => mayBeMissingAtFiling) ? html`<p class="hint">${widget.tell('papersLater')}</p>` : nothing}`;
}
