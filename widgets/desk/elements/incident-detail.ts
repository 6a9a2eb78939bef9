import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IncidentView } from '#definitions/types/wire.js';
import '../forms/settle-forms.js';
import { caseSending } from '../case-sendings.js';
import { incidentSubject, incidentWords } from '../case-reading.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant } from '../desk-formats.js';
import { routeHash } from '../desk-route.js';
import { controls } from '../styles/controls.js';

/**
 * One incident: what failed, when, in which case, and the form that settles it. It reads nothing of the case, so it serves those too
 * who open no case. `gone`: it is not open any more; what was typed stays in sight.
 */
@customElement('incident-detail')
export class IncidentDetail extends DeskElement {
  static override styles = [
    controls,
    css`
      .card { display: grid; gap: 1em; margin-bottom: 1.2em; border-inline-start: 6px solid var(--desk-danger); }
      .card.done { border-color: var(--desk-good); }
      .top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.4em 1em; align-items: baseline; }
      dl { display: grid; grid-template-columns: minmax(7em, auto) minmax(0, 1fr); gap: 0.3em 1em; margin: 0; }
      dt { color: var(--desk-muted); }
      dd { margin: 0; overflow-wrap: anywhere; }
      settle-form { max-width: 44em; }
      .told { color: var(--desk-good); font-weight: 600; }
      @media (max-width: 30em) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: 0.5em; } }
    `,
  ];

  @property({ attribute: false }) municipality = '';
  @property({ attribute: false }) incident!: IncidentView;
  @property({ type: Boolean }) gone = false;
  private wasDone = false;

  private get isDone(): boolean {
    const { incident, municipality } = this;
    return caseSending({ municipality, caseId: incident.summary.caseId, kind: 'incidentSettled', part: incident.incidentId }).state.stage === 'done';
  }

  /** The form goes when its work is done: the focus goes to where that is told. */
  protected override updated(_changed: PropertyValues<this>): void {
    if (this.isDone && !this.wasDone) this.shadowRoot?.querySelector<HTMLElement>('.told')?.focus();
    this.wasDone = this.isDone;
  }

  override render(): TemplateResult {
    const { incident, isDone } = this;
    return html`<section class="card ${isDone ? 'done' : ''}" aria-labelledby="what" @acted=${() => this.requestUpdate()}>
      <div class="top"><h2 id="what">${incidentWords(this.desk.language, incident.code)}</h2><a href=${routeHash({ page: 'incidents' })}>${this.say('close')}</a></div>
      ${this.renderFacts(incident)}
      <div role="status">
        ${isDone ? html`<p class="told" tabindex="-1">✓ ${this.say('done_incidentSettled')}</p>` : this.gone ? html`<p>${this.say('incidentGone')}</p>` : nothing}
      </div>
      ${isDone ? nothing : html`<settle-form ?stale=${this.gone} .municipality=${this.municipality} .incident=${incident} @discarded=${() => this.desk.open({ page: 'incidents' })}></settle-form>`}
    </section>`;
  }

  private renderFacts({ summary, commandKey, code, openedAt }: IncidentView): TemplateResult {
    const { language } = this.desk;
    return html`<dl>
      <dt>${this.say('incidentSubject')}</dt><dd>${incidentSubject(language, commandKey)} <span class="hint">${code}</span></dd>
      <dt>${this.say('columnOpened')}</dt><dd class="number">${formatInstant(language, openedAt)}</dd>
      <dt>${this.say('columnCase')}</dt><dd>${this.renderCase(summary)}, ${summary.applicantName}<br />${this.read(summary.programmeTitle)}</dd>
      <dt>${this.say('incidentAt')}</dt><dd>${this.read(summary.status.stepTitle)}</dd>
    </dl>`;
  }

  private renderCase({ caseId, protocolNumber }: IncidentView['summary']): TemplateResult {
    if (!this.desk.may('case')) return html`<span class="number">${protocolNumber}</span>`;
    return html`<a class="number" href=${routeHash({ page: 'case', municipality: this.municipality, caseId })}>${protocolNumber}</a>`;
  }
}
