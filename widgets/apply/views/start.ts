import { html, toldLines } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Programme, Text } from '#definitions/types/programme.js';
import { tellDate } from '#forms/findings/tell.js';
import { todayInAthens } from '#widgets/client/today.js';
import { renderNotice } from '#widgets/elements/notice.js';
import { renderField } from '#widgets/fields/field.js';
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
  const isOpen = closed === '';
  return html`<div class="top">
      <span>${widget.municipalityTitle}</span>
      <span>${LANGUAGES.filter(([language]) => language !== widget.language).map(([language, name]) => html`<button type="button" class="link" lang=${language} @click=${() => void widget.switchTo(language)}>${name}</button> `)}</span>
    </div>
    ${widget.renderHeading(widget.read(programme.title), { focus: true })}
    <p class="lead">${widget.read(programme.summary)}</p>
    ${isOpen ? until !== undefined && html`<p>${widget.tell('openUntil', date(until))}</p>` : renderNotice(closed)}
    ${before !== undefined &&
    html`${widget.renderHeading(widget.tell('before'), { below: 1 })}
          <p>${toldLines(widget.read(before))}</p>`}
    ${renderPapers(programme, widget)}
    ${isOpen && programme.applicants !== 'self' && renderApplicant(widget)}
    ${renderNotice(widget.notice, 'bad')}
    <div class="actions">
      ${isOpen && html`<button type="button" class="button" @click=${() => void widget.start()}>${widget.tell('start')}</button>`}
      <button type="button" class="link" @click=${() => void widget.startResuming()}>${widget.tell('resume')}</button>
    </div>
    ${widget.renderContact(programme.contact as never, { below: 1 })}`;
}

/** One may apply for a relative; that is told to the engine, and stands in the case. */
function renderApplicant(widget: Applying): TemplateResult {
  const { application } = widget;
  // Read in English where another language has no words; these are in the reader's already.
  const said = (key: 'applicant' | 'self' | 'relative' | 'relativeHint'): Text => ({ en: widget.tell(key) }) as Text;
  return renderField({
    form: widget,
    question: {
      id: 'applicant',
      type: 'choice',
      label: said('applicant'),
      options: [
        { value: 'self', label: said('self') },
        { value: 'relative', label: said('relative'), hint: said('relativeHint') },
      ],
    },
    pointer: '/applicant',
    errors: {},
    states: {},
    answer: () => application.onBehalf,
    change: (value) => (application.onBehalf = value as 'self'),
  });
}

function renderPapers({ documents }: Programme, widget: Applying): unknown {
  return documents.length > 0 && html`${widget.renderHeading(widget.tell('papers'), { below: 1 })}
    <ul class="bullets">
      ${documents.map(({ title, hint }) => html`<li>${widget.read(title)}<span class="line hint">${widget.read(hint)}</span></li>`)}
    </ul>
    ${documents.every(({ mayBeMissingAtFiling }) => mayBeMissingAtFiling) && html`<p class="hint">${widget.tell('papersLater')}</p>`}`;
}
