import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CaseFileView, IncidentMemory, ProgrammeView } from '#definitions/types/wire.js';
import '../elements/action-panel.js';
import '../elements/case-answers.js';
import '../elements/case-documents.js';
import '../elements/case-rules.js';
import '../elements/case-sections.js';
import '../elements/due-mark.js';
import '../elements/failure-notice.js';
import type { ActionPanel } from '../elements/action-panel.js';
import type { PaperChosen } from '../elements/case-documents.js';
import { effectTitle, incidentWords } from '../case-reading.js';
import { openCase } from '../case-state.js';
import type { OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant, formatShortDate } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { FreshValue } from '../fresh-value.js';
import type { FreshFailure } from '../fresh-value.js';
import { pinnedProgramme } from '../pinned-programme.js';
import { casePageStyles } from '../styles/case-page.js';
import { controls } from '../styles/controls.js';
import type { DeskTextKey } from '../texts/el.js';

const SECTIONS: readonly (readonly [string, DeskTextKey])[] = [
  ['answers', 'sectionAnswers'],
  ['documents', 'sectionDocuments'],
  ['rules', 'sectionRules'],
  ['outcome', 'sectionOutcome'],
  ['effects', 'sectionEffects'],
  ['history', 'sectionHistory'],
];

/** Who reads a case is written down each time, so an open page asks seldom. */
const CASE_EVERY_MS = 60_000;

/** One case: what it is, what is due and by whom, and what may be done about it now. */
@customElement('case-page')
export class CasePage extends DeskElement {
  static override styles = [controls, casePageStyles];

  @property({ attribute: false }) municipality = '';
  @property({ attribute: false }) caseId = '';
  @state() private view: ProgrammeView | null = null;
  @state() private viewFailure: FreshFailure | null = null;
  @query('action-panel') private panel!: ActionPanel | null;
  private readonly file = new FreshValue<CaseFileView>(this, () => (this.caseId === '' ? null : DESK_PATHS.caseFile(this.municipality, this.caseId)), CASE_EVERY_MS);
  private askedHash = '';

  focusActions(): void {
    this.panel?.focusFirst();
  }

  protected override updated(): void {
    const file = this.file.value;
    if (file && file.hash !== this.askedHash) void this.loadProgramme(file);
  }

  private async loadProgramme(file: CaseFileView): Promise<void> {
    this.askedHash = file.hash;
    const answer = await pinnedProgramme({ municipality: this.municipality, programmeId: file.summary.programmeId, hash: file.hash });
    if (this.askedHash !== file.hash) return;
    this.view = answer.kind === 'value' ? answer.value : null;
    this.viewFailure = answer.kind === 'problem' || answer.kind === 'unreachable' ? answer : null;
  }

  private readonly again = (): void => {
    this.askedHash = '';
    void this.file.refresh();
  };

  override render(): TemplateResult {
    const file = this.file.value;
    const ready = file && this.view && this.view.hash === file.hash && file.summary.caseId === this.caseId;
    return html`
      <failure-notice retry .failure=${this.file.failure ?? this.viewFailure} @again=${this.again}></failure-notice>
      ${ready ? this.renderCase(openCase({ municipality: this.municipality, file, view: this.view as ProgrammeView })) : this.file.failure ? nothing : html`<p role="status">${this.say('loading')}</p>`}
    `;
  }

  private renderCase(open: OpenCase): TemplateResult {
    return html`
      ${this.renderHead(open)}
      <div class="columns" @acted=${() => this.file.refreshAfterAction()} @paper=${(event: PaperChosen) => this.panel?.show(event.action, event.documentKind)}>
        <aside aria-label=${this.say('asideLabel')}>${this.renderNow(open)} ${this.renderIncidents(open)}
          <section class="card" aria-labelledby="actions"><h2 id="actions">${this.say('actions')}</h2><action-panel .open=${open}></action-panel></section>
        </aside>
        <div class="sections">${this.renderSections(open)}</div>
      </div>`;
  }

  private renderHead(open: OpenCase): TemplateResult {
    const { summary } = open.file;
    const { actor } = open.file;
    return html`<header class="head">
      <p class="muted">${this.read(summary.programmeTitle)}</p>
      <h1><span class="number">${summary.protocolNumber}</span> <span>${summary.applicantName}</span></h1>
      <p class="row">
        <span class="mark ${open.state.status === 'closed' ? '' : 'info'}">${this.read(summary.status.stageTitle)}</span>
        ${open.state.outcome ? html`<span class="mark">${this.say(`caseOutcome_${open.state.outcome}`)}</span>` : nothing}
        <span class="muted">${this.say('filedAt', { at: formatInstant(this.desk.language, summary.filedAt) })}</span>
        ${actor['onBehalf'] === 'desk' ? html`<span class="mark">${this.say('filedByDesk')}</span>` : nothing}
        ${open.file.hash === open.file.filedHash ? nothing : html`<span class="mark info">${this.say('judgedUnderNewer', { date: formatShortDate(this.desk.language, open.state.versions?.at(-1)?.at ?? summary.filedAt) })}</span>`}
        ${actor['onBehalf'] === 'relative' ? html`<span class="mark">${this.say('filedByRelative')}</span>` : nothing}
      </p>
      <nav aria-label=${this.say('sectionsLabel')}>${SECTIONS.filter(([id]) => this.hasSection(id, open)).map(([id, text]) => html`<button class="quiet" @click=${() => this.goTo(id)}>${this.say(text)}</button>`)}</nav>
    </header>`;
  }

  private goTo(id: string): void {
    const heading = this.shadowRoot?.getElementById(`heading-${id}`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  }

  private renderNow(open: OpenCase): TemplateResult {
    const { status } = open.file.summary;
    const holder = status.holder.kind === 'municipality' && status.holder.role ? this.say(`role_${status.holder.role}`) : this.say(`holder_${status.holder.kind}`);
    return html`<section class="card now" aria-labelledby="now">
      <h2 id="now">${this.say('now')}</h2>
      <p><strong>${this.read(status.stepTitle)}</strong></p>
      <dl>
        <dt>${this.say('heldBy')}</dt><dd>${holder}${open.state.escalatedTo ? html` <span class="mark warn">${this.say('escalated', { role: this.say(`role_${open.state.escalatedTo}`) })}</span>` : nothing}</dd>
        <dt>${this.say('due')}</dt><dd>${status.closed ? this.say('closed') : html`<due-mark exact .dueAt=${status.dueAt}></due-mark>`}</dd>
        ${status.missing.length > 0 ? html`<dt>${this.say('missing')}</dt><dd>${status.missing.map((each) => html`<div>${this.read(each.title)}</div>`)}</dd>` : nothing}
      </dl>
      <p class="citizen"><span class="hint">${this.say('citizenReads')}</span><q>${this.read(status.sentence)} ${this.read(status.next)}</q></p>
    </section>`;
  }

  private renderIncidents(open: OpenCase): TemplateResult | typeof nothing {
    const incidents = open.state.incidents.filter((incident) => incident.settledAt === undefined);
    if (incidents.length === 0) return nothing;
    return html`<section class="card incidents" aria-labelledby="incidents">
      <h2 id="incidents">${this.say('openIncidents')}</h2>
      <ul>${incidents.map((incident) => this.renderIncident(open, incident))}</ul>
    </section>`;
  }

  private renderIncident(open: OpenCase, incident: IncidentMemory): TemplateResult {
    return html`<li>
      <p>${incidentWords(this.desk.language, incident.code)} <span class="hint">${effectTitle(open, incident, this.desk.language)} · ${formatInstant(this.desk.language, incident.openedAt)} · ${incident.code}</span></p>
      ${open.file.actions.includes('incidentSettled') ? html`<button @click=${() => this.panel?.show('incidentSettled', incident.id)}>${this.say('action_incidentSettled')}</button>` : nothing}
    </li>`;
  }

  private hasSection(id: string, open: OpenCase): boolean {
    return id !== 'outcome' || open.state.decision !== undefined || open.state.parts.length > 0;
  }

  private renderSections(open: OpenCase): readonly TemplateResult[] {
    const contents: Readonly<Record<string, () => TemplateResult>> = {
      answers: () => html`<case-answers .open=${open}></case-answers>`,
      documents: () => html`<case-documents .open=${open}></case-documents>`,
      rules: () => html`<case-rules .open=${open} .decision=${open.decision}></case-rules>`,
      outcome: () => html`<case-outcome .open=${open}></case-outcome>`,
      effects: () => html`<case-effects .open=${open}></case-effects>`,
      history: () => html`<case-history .open=${open}></case-history>`,
    };
    return SECTIONS.filter(([id]) => this.hasSection(id, open)).map(([id, text]) => html`<section class="card" aria-labelledby="heading-${id}">
      <h2 id="heading-${id}" tabindex="-1">${this.say(text)}</h2>
      ${contents[id]?.()}
    </section>`);
  }
}
