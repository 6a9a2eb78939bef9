import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CaseSummaryView, SearchResult } from '#definitions/types/wire.js';
import '../elements/due-mark.js';
import '../elements/failure-notice.js';
import { DeskElement } from '../desk-element.js';
import { formatShortDate } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { routeHash } from '../desk-route.js';
import type { FreshFailure } from '../fresh-value.js';
import { walkRows, walkWithArrows } from '../list-keys.js';
import { controls } from '../styles/controls.js';
import { lists } from '../styles/lists.js';

/** The engine shows no more of one search: nobody browses the register. */
const SHOWN_MAX = 50;
/** The engine looks for no single letter, for the same reason. */
const LETTERS_MIN = 2;

/** Search by protocol number or name. What is searched for travels in the body and stays in memory. */
@customElement('search-page')
export class SearchPage extends DeskElement {
  static override styles = [controls, lists];

  @property({ attribute: false }) municipality = '';
  @state() private found: SearchResult | null = null;
  @state() private failure: FreshFailure | null = null;
  @state() private searching = false;
  @query('#text') private input!: HTMLInputElement | null;
  @state() private isShort = false;
  private asked = '';
  private turn = 0;

  walk(step: 1 | -1): void {
    walkRows(this.shadowRoot, step);
  }

  protected override updated(): void {
    const wanted = this.desk.searchText === '' || this.municipality === '' ? '' : `${this.municipality} ${this.desk.searchText}`;
    if (wanted === this.asked) return;
    this.asked = wanted;
    if (wanted === '') return;
    if (this.input) this.input.value = this.desk.searchText;
    void this.search(this.desk.searchText);
  }

  private async search(text: string): Promise<void> {
    const turn = (this.turn += 1);
    const isNumber = /^\d$/.test(text);
    this.isShort = text.length < LETTERS_MIN && !isNumber;
    this.searching = !this.isShort;
    if (this.isShort) {
      [this.failure, this.found] = [null, null];
      return;
    }
    // «7» is a whole protocol number, and the engine reads «07» as the same.
    const answer = await this.desk.call<SearchResult>({ method: 'POST', path: DESK_PATHS.search(this.municipality), body: { text: isNumber ? `0${text}` : text } });
    if (turn !== this.turn) return;
    this.searching = false;
    this.failure = answer.kind === 'problem' || answer.kind === 'unreachable' ? answer : null;
    if (answer.kind === 'value') this.found = answer.value;
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const text = this.input?.value.trim() ?? '';
    if (text === '') return;
    this.asked = '';
    this.desk.searchText = text;
    this.desk.changed();
  }

  override render(): TemplateResult {
    return html`
      <div class="heading"><h1>${this.say('navSearch')}</h1></div>
      <form class="filters" @submit=${this.onSubmit}>
        <div class="field">
          <label for="text">${this.say('searchLabel')}</label>
          <input id="text" type="search" autocomplete="off" spellcheck="false" maxlength="200" aria-describedby="text-hint" />
        </div>
        <button class="primary" type="submit">${this.say('searchButton')}</button>
        <span class="hint" id="text-hint">${this.say('searchHint')}</span>
      </form>
      <failure-notice .failure=${this.failure}></failure-notice>
      <p role="status">${this.isShort ? this.say('searchShort') : this.searching ? this.say('searching') : this.countFound()}</p>
      ${this.found && this.found.cases.length > 0 ? this.renderTable(this.found.cases) : nothing}
    `;
  }

  private countFound(): string {
    if (!this.found) return '';
    const { length } = this.found.cases;
    if (length === 0) return this.say('foundNone');
    if (length >= SHOWN_MAX) return this.say('foundFirst', { count: length });
    return length === 1 ? this.say('foundOne') : this.say('foundMany', { count: length });
  }

  private renderTable(cases: readonly CaseSummaryView[]): TemplateResult {
    return html`<table role="table" aria-label=${this.say('navSearch')} @keydown=${walkWithArrows}>
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${this.say('columnCase')}</th>
        <th role="columnheader" scope="col">${this.say('columnApplicant')}</th>
        <th role="columnheader" scope="col">${this.say('columnStatus')}</th>
        <th role="columnheader" scope="col">${this.say('columnDue')}</th>
      </tr></thead>
      <tbody role="rowgroup">
        ${cases.map((each) => html`<tr role="row">
          <td role="cell">
            <a data-row class="number" href=${routeHash({ page: 'case', municipality: this.municipality, caseId: each.caseId })}>${each.protocolNumber}</a>
            <span class="sub">${this.say('filedOn', { date: formatShortDate(this.desk.language, each.filedAt) })}</span>
          </td>
          <td role="cell">${each.applicantName}<span class="sub">${this.read(each.programmeTitle)}</span></td>
          <td role="cell">${this.read(each.status.stageTitle)}<span class="sub">${this.read(each.status.stepTitle)}</span></td>
          <td role="cell">${each.status.closed ? html`<span class="mark">${this.say('closed')}</span>` : html`<due-mark .dueAt=${each.status.dueAt}></due-mark>`}</td>
        </tr>`)}
      </tbody>
    </table>`;
  }
}
