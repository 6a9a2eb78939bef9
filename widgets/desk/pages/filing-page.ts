import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ProgrammeList, ReceiptView } from '#definitions/types/wire.js';
import type { SummaryRow } from '#forms/answers/answers.js';
import { checkAnswers, summariseAnswers } from '#forms/answers/answers.js';
import { tellFinding } from '#forms/findings/tell.js';
import { neighbourPage, progressOf } from '#forms/pages/pages.js';
import { TEXTS } from '../case-reading.js';
import { DeskElement } from '../desk-element.js';
import { athensDay } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import '../elements/failure-notice.js';
import '../elements/filing-papers.js';
import type { FilingPapers } from '../elements/filing-papers.js';
import '../elements/filing-receipt.js';
import '../elements/question-group.js';
import type { QuestionGroup } from '../elements/question-group.js';
import { CAPACITIES, CHECK_PAGE, PAPERS_PAGE, applicationOf, askedPages, beginFiling, currentFiling, filedAnswers, forgetFiling, hasUnfinishedFiles, neededPapers, wayOf } from '../filing.js';
import type { Capacity, Filing, NeededPaper } from '../filing.js';
import type { FreshFailure } from '../fresh-value.js';
import { FreshValue } from '../fresh-value.js';
import { currentProgramme } from '../pinned-programme.js';
import { controls } from '../styles/controls.js';
import { filingStyles } from '../styles/filing.js';

/** Files for a person at the counter: the citizen's own form, on behalf of somebody else, papers may come later. */
@customElement('filing-page')
export class FilingPage extends DeskElement {
  static override styles = [controls, filingStyles];

  @property({ attribute: false }) municipality = '';
  @state() private filing: Filing | null = currentFiling();
  @state() private failure: FreshFailure | null = null;
  @state() private capacity: Capacity | '' = '';
  @state() private programmeId = '';
  @state() private language: 'el' | 'en' = 'el';
  @state() private wrong = false;
  /** The programme that was chosen, and takes no application by a relative. */
  @state() private refusesRelative = '';
  @state() private beginning = false;
  @query('question-group') private group!: QuestionGroup | null;
  @query('filing-papers') private papers!: FilingPapers | null;
  @query('h1') private heading!: HTMLElement | null;
  private readonly programmes = new FreshValue<ProgrammeList>(this, () => (this.municipality === '' ? null : DESK_PATHS.programmes(this.municipality)));
  private readonly onSending = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.filing?.sending.addEventListener('change', this.onSending);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.filing?.sending.removeEventListener('change', this.onSending);
  }

  override render(): TemplateResult {
    const { filing } = this;
    if (!filing || filing.municipality !== this.municipality) return this.renderStart();
    const { state } = filing.sending;
    if (state.stage === 'done') return this.renderReceipt(filing, state.value);
    if (filing.pageId === PAPERS_PAGE) return this.renderPapersPage(filing);
    return filing.pageId === CHECK_PAGE ? this.renderCheck(filing) : this.renderPage(filing);
  }

  private renderReceipt(filing: Filing, receipt: ReceiptView): TemplateResult {
    return html`<filing-receipt .filing=${filing} .receipt=${receipt} @another=${() => this.forget()}></filing-receipt>`;
  }

  private renderStart(): TemplateResult {
    const listed = this.programmes.value?.programmes ?? [];
    return html`<form class="card stack narrow" novalidate @submit=${this.onBegin}>
      <h1 tabindex="-1">${this.say('navFiling')}</h1>
      <p class="muted">${this.say('filingIntro')}</p>
      <failure-notice retry .failure=${this.failure ?? this.programmes.failure} @again=${() => void this.programmes.refresh()}></failure-notice>
      ${this.programmes.value && listed.length === 0 ? html`<p>${this.say('filingProgrammesNone')}</p>` : nothing}
      <fieldset role="radiogroup" aria-labelledby="programme-legend">
        <legend id="programme-legend">${this.say('filingProgramme')}</legend>
        ${this.wrong && this.programmeId === '' ? html`<span class="error" role="alert">${this.say('errorChooseOne')}</span>` : nothing}
        ${listed.map((each) => html`<label class="choice">
          <input type="radio" name="programme" value=${each.id} .checked=${this.programmeId === each.id} @change=${() => (this.programmeId = each.id)} />
          <span><strong>${this.read(each.title)}</strong><span class="hint">${this.read(each.summary)}</span></span>
        </label>`)}
      </fieldset>
      <fieldset role="radiogroup" aria-labelledby="capacity-legend">
        <legend id="capacity-legend">${this.say('filingCapacity')}</legend>
        ${this.wrong && this.capacity === '' ? html`<span class="error" role="alert">${this.say('errorChooseOne')}</span>` : nothing}
        ${this.refusesRelative === this.programmeId && this.capacity === 'relative' && this.programmeId !== '' ? html`<span class="error" role="alert">${this.say('filingRelativeNot')}</span>` : nothing}
        ${CAPACITIES.map((each) => html`<label class="choice">
          <input type="radio" name="capacity" value=${each} .checked=${this.capacity === each} @change=${() => (this.capacity = each)} />
          <span><strong>${this.say(`capacity_${each}`)}</strong><span class="hint">${this.say(`capacityHint_${each}`)}</span></span>
        </label>`)}
      </fieldset>
      <div class="field">
        <label for="language">${this.say('filingLanguage')}</label>
        <select id="language" @change=${(event: Event) => (this.language = (event.target as HTMLSelectElement).value === 'en' ? 'en' : 'el')}>
          <option value="el" ?selected=${this.language === 'el'}>${this.say('greek')}</option>
          <option value="en" ?selected=${this.language === 'en'}>${this.say('english')}</option>
        </select>
      </div>
      <div class="row"><button class="primary" type="submit" ?disabled=${this.beginning || listed.length === 0}>${this.say('filingBegin')}</button></div>
    </form>`;
  }

  private async onBegin(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.wrong = this.programmeId === '' || this.capacity === '';
    if (this.capacity === '' || this.programmeId === '' || this.beginning) return;
    this.beginning = true;
    const answer = await currentProgramme({ municipality: this.municipality, programmeId: this.programmeId });
    this.beginning = false;
    this.failure = answer.kind === 'problem' || answer.kind === 'unreachable' ? answer : null;
    if (answer.kind !== 'value') return;
    this.refusesRelative = answer.value.programme['applicants'] === 'self' && this.capacity === 'relative' ? this.programmeId : '';
    if (this.refusesRelative !== '') return;
    this.filing = beginFiling({ municipality: this.municipality, view: answer.value, capacity: this.capacity, language: this.language });
    this.filing.sending.addEventListener('change', this.onSending);
    await this.focusHeading();
  }

  private renderPage(filing: Filing): TemplateResult {
    const pages = askedPages(filing);
    const asked = pages.find(({ page }) => page.id === filing.pageId) ?? pages[0];
    if (!asked) return html``;
    const progress = progressOf(pages, asked.page.id);
    return html`<form class="card stack narrow" novalidate @submit=${(event: SubmitEvent) => void this.onNext(event, filing)}>
      <p class="muted">${this.read(filing.programme.title)} · ${this.say('filingPage', { number: progress.number, count: progress.count + (neededPapers(filing).length > 0 ? 2 : 1) })}</p>
      <h1 tabindex="-1">${this.read(asked.page.title)}</h1>
      ${asked.page.intro ? html`<p>${this.read(asked.page.intro)}</p>` : nothing}
      <question-group .programme=${filing.programme} .questions=${asked.page.questions} .typed=${filing.typed} @change=${() => this.requestUpdate()}></question-group>
      ${this.renderSteps(filing, html`<button class="primary" type="submit">${this.say('filingNext')}</button>`)}
    </form>`;
  }

  private renderPapersPage(filing: Filing): TemplateResult {
    const count = askedPages(filing).length + 2;
    return html`<form class="card stack narrow" novalidate @submit=${(event: SubmitEvent) => void this.onPapers(event, filing)}>
      <p class="muted">${this.read(filing.programme.title)} · ${this.say('filingPage', { number: count - 1, count })}</p>
      <h1 tabindex="-1">${this.say('filingPapers')}</h1>
      <p>${this.say('filingPapersIntro')}</p>
      <filing-papers .filing=${filing} @change=${() => this.requestUpdate()}></filing-papers>
      ${this.renderSteps(filing, html`<button class="primary" type="submit">${this.say('filingNext')}</button>`)}
    </form>`;
  }

  private async onPapers(event: SubmitEvent, filing: Filing): Promise<void> {
    event.preventDefault();
    if (this.papers?.check() === true) await this.goTo(filing, CHECK_PAGE);
  }

  private renderSteps(filing: Filing, forward: TemplateResult): TemplateResult {
    const locked = filing.sending.underWay;
    return html`<div class="row steps">
      ${forward}
      <button type="button" ?disabled=${locked || this.neighbour(filing, -1) === null} @click=${() => void this.goTo(filing, this.neighbour(filing, -1))}>${this.say('filingBack')}</button>
      <button type="button" class="quiet" ?disabled=${locked} @click=${() => this.abandon()}>${this.say('filingAbandon')}</button>
    </div>`;
  }

  private neighbour(filing: Filing, direction: 1 | -1): string | null {
    const pages = askedPages(filing);
    const last = pages.at(-1)?.page.id ?? null;
    const hasPapers = neededPapers(filing).length > 0;
    if (filing.pageId === CHECK_PAGE) return direction === 1 ? null : hasPapers ? PAPERS_PAGE : last;
    if (filing.pageId === PAPERS_PAGE) return direction === 1 ? CHECK_PAGE : last;
    return neighbourPage(pages, { from: filing.pageId, direction, programme: filing.programme }) ?? (direction === -1 ? null : hasPapers ? PAPERS_PAGE : CHECK_PAGE);
  }

  private async onNext(event: SubmitEvent, filing: Filing): Promise<void> {
    event.preventDefault();
    if (this.group && (await this.group.check())) await this.goTo(filing, this.neighbour(filing, 1));
  }

  private async goTo(filing: Filing, pageId: string | null): Promise<void> {
    if (pageId === null) return;
    filing.pageId = pageId;
    this.requestUpdate();
    await this.focusHeading();
  }

  private async focusHeading(): Promise<void> {
    await this.updateComplete;
    window.scrollTo(0, 0);
    this.heading?.focus({ preventScroll: true });
  }

  private renderCheck(filing: Filing): TemplateResult {
    const { form } = TEXTS[this.desk.language];
    const today = athensDay(new Date());
    const answers = filedAnswers(filing);
    const findings = checkAnswers(filing.programme, applicationOf(filing).answers, { today, stage: 'desk' });
    const { state } = filing.sending;
    return html`<form class="card stack narrow" novalidate @submit=${(event: SubmitEvent) => void this.onFile(event, filing)}>
      <h1 tabindex="-1">${this.say('filingCheck')}</h1>
      <p>${this.say('filingCheckIntro')}</p>
      ${findings.length > 0 ? html`<div class="wrong" role="alert"><strong>${this.say('errorSummary')}</strong><ul>${findings.map((finding) => html`<li>${tellFinding(finding, form)}</li>`)}</ul></div>` : nothing}
      ${summariseAnswers(filing.programme, answers, { texts: form, today }).filter(({ rows }) => rows.some(({ question }) => question.type !== 'file')).map((page) => html`<section class="page" aria-label=${page.title}>
        <div class="row between"><h2>${page.title}</h2>
          ${askedPages(filing).some((each) => each.page.id === page.pageId)
            ? html`<button type="button" class="quiet" ?disabled=${filing.sending.underWay} @click=${() => void this.goTo(filing, page.pageId)}>${this.say('filingChange')}<span class="hidden-visually">: ${page.title}</span></button>`
            : nothing}</div>
        ${this.renderRows(page.rows)}
      </section>`)}
      ${this.renderPapers(filing)}
      <div role="status">
        ${state.stage === 'unsure' || state.stage === 'recorded' ? html`<p class="waiting">${this.say('toldUnsure')}</p>` : nothing}
        ${state.stage === 'refused' ? html`<failure-notice .failure=${state.answer}></failure-notice>` : nothing}
      </div>
      ${this.renderSteps(filing, html`<button class="primary" type="submit" ?disabled=${findings.length > 0} aria-disabled=${filing.sending.underWay ? 'true' : nothing}>${this.say(filing.sending.underWay ? 'sending' : 'filingSubmit')}</button>`)}
    </form>`;
  }

  private renderPapers(filing: Filing): TemplateResult {
    const needed = neededPapers(filing);
    if (needed.length === 0) return html``;
    return html`<section class="page" aria-label=${this.say('filingPapers')}>
      <div class="row between"><h2>${this.say('filingPapers')}</h2>
        <button type="button" class="quiet" ?disabled=${filing.sending.underWay} @click=${() => void this.goTo(filing, PAPERS_PAGE)}>${this.say('filingChange')}<span class="hidden-visually">: ${this.say('filingPapers')}</span></button></div>
      <dl>${needed.map((each) => html`<dt>${this.read(each.document.title)}</dt><dd>${this.tellWay(each)}</dd>`)}</dl>
    </section>`;
  }

  private tellWay(needed: NeededPaper): TemplateResult | string {
    const way = wayOf(needed);
    return way === 'files' ? needed.paper.uploads.map(({ file }) => file.name).join(', ') : way === 'seen' ? this.say('paperHere_seen') : html`<span class="mark warn">${this.say('paperHere_missing')}</span>`;
  }

  private renderRows(rows: readonly SummaryRow[]): TemplateResult {
    return html`<dl>${rows.filter((row) => row.question.type !== 'file').map((row) => html`<dt>${row.label}</dt>
      <dd>${row.members.length > 0 ? row.members.map((member) => html`<div class="member"><strong>${member.title}</strong>${this.renderRows(member.rows)}</div>`) : row.value === '' ? html`<span class="muted">${this.say('notAnswered')}</span>` : row.value}</dd>`)}</dl>`;
  }

  private async onFile(event: SubmitEvent, filing: Filing): Promise<void> {
    event.preventDefault();
    if (hasUnfinishedFiles(filing)) return this.goTo(filing, PAPERS_PAGE);
    const result = await filing.sending.send(applicationOf(filing));
    if (result.stage === 'done') await this.focusHeading();
  }

  private abandon(): void {
    if (window.confirm(this.say('filingAbandonSure'))) this.forget();
  }

  private forget(): void {
    this.filing?.sending.removeEventListener('change', this.onSending);
    forgetFiling();
    this.filing = null;
    this.programmeId = '';
    this.capacity = '';
    void this.focusHeading();
  }
}
