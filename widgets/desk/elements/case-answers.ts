import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SummaryRow } from '#forms/answers/answers.js';
import { readAnswers, readFindings } from '../case-reading.js';
import type { OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { controls } from '../styles/controls.js';

/** The answers, laid out as they were asked. Special categories are marked, and covered until somebody needs to read them. */
@customElement('case-answers')
export class CaseAnswers extends DeskElement {
  static override styles = [
    controls,
    css`
      .pages { columns: 25em; column-gap: 2em; }
      .page { padding: 0.6em 0; border-top: 1px solid var(--desk-line); break-inside: avoid; }
      h3 { margin-bottom: 0.3em; color: var(--desk-primary-strong); }
      dl { margin: 0; display: grid; grid-template-columns: minmax(8em, 2fr) minmax(0, 3fr); gap: 0.25em 1.2em; }
      dt { color: var(--desk-muted); }
      dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
      .members { grid-column: 1 / -1; display: grid; gap: 0.6em; margin: 0.1em 0 0.5em; white-space: normal; }
      .member { border-inline-start: 3px solid var(--desk-line); padding-inline-start: 0.8em; }
      .cover { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center; margin-bottom: 0.8em; }
      @media (max-width: 34em) { dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: 0.4em; } }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;
  @state() private uncovered = false;

  override render(): TemplateResult {
    const pages = [...readAnswers(this.open, this.desk.language), ...readFindings(this.open, this.desk.language)].filter(({ rows }) => rows.some(({ question }) => question.type !== 'file'));
    const special = pages.some(({ rows }) => rows.some(holdsSpecial));
    return html`
      ${special
        ? html`<div class="cover">
            <span class="mark special">◆ ${this.say('specialCategory')}</span>
            <button aria-pressed=${this.uncovered ? 'true' : 'false'} @click=${() => (this.uncovered = !this.uncovered)}>${this.say('uncover')}</button>
          </div>`
        : nothing}
      <div class="pages">
        ${pages.map(({ title, rows }) => html`<section class="page"><h3>${title}</h3>${this.renderRows(rows)}</section>`)}
      </div>
    `;
  }

  private renderRows(rows: readonly SummaryRow[]): TemplateResult {
    return html`<dl>${rows.filter(({ question }) => question.type !== 'file').map((row) => html`
      <dt>${row.label}${isSpecial(row) ? html` <span class="mark special">◆ ${this.say('specialShort')}</span>` : nothing}</dt>
      <dd>${this.renderValue(row)}</dd>
      ${row.members.length === 0 ? nothing : html`<dd class="members">${row.members.map((member) => html`<div class="member"><strong>${member.title}</strong>${this.renderRows(member.rows)}</div>`)}</dd>`}`)}</dl>`;
  }

  private renderValue(row: SummaryRow): TemplateResult | string {
    if (row.members.length > 0) return String(row.members.length);
    if (row.value === '') return html`<span class="muted">${this.say('notAnswered')}</span>`;
    return isSpecial(row) && !this.uncovered ? html`<span class="muted">${this.say('covered')}</span>` : row.value;
  }
}

function isSpecial(row: SummaryRow): boolean {
  return row.question.sensitivity === 'special' || row.question.sensitivity === 'criminal';
}

function holdsSpecial(row: SummaryRow): boolean {
  return (isSpecial(row) && row.value !== '') || row.members.some((member) => member.rows.some(holdsSpecial));
}
