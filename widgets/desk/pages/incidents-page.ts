import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IncidentList, IncidentView } from '#definitions/types/wire.js';
import '../elements/failure-notice.js';
import '../elements/incident-detail.js';
import { incidentSubject, incidentWords } from '../case-reading.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { routeHash } from '../desk-route.js';
import type { IncidentPlace } from '../desk-route.js';
import { FreshValue } from '../fresh-value.js';
import { walkRows, walkWithArrows } from '../list-keys.js';
import { controls } from '../styles/controls.js';
import { lists } from '../styles/lists.js';

/** What the engine could not do by itself and waits for a person: the list, and one of it with the form that settles it. */
@customElement('incidents-page')
export class IncidentsPage extends DeskElement {
  static override styles = [controls, lists];

  @property({ attribute: false }) municipality = '';
  @property({ attribute: false }) incident: IncidentPlace | undefined;
  private readonly list = new FreshValue<IncidentList>(this, () => (this.municipality === '' ? null : DESK_PATHS.incidents(this.municipality)));
  /** The incident of the address as it was last read: it stays in sight when it is settled meanwhile. */
  private shown: IncidentView | undefined;

  walk(step: 1 | -1): void {
    walkRows(this.shadowRoot, step);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('municipality') || changed.has('incident')) this.shown = undefined;
    this.shown = this.list.value?.incidents.find((each) => this.isShown(each)) ?? this.shown;
  }

  private isShown({ incidentId, summary }: IncidentView): boolean {
    return incidentId === this.incident?.incidentId && summary.caseId === this.incident.caseId;
  }

  override render(): TemplateResult {
    const { value, failure } = this.list;
    return html`
      <div class="heading">
        <h1>${this.say('navIncidents')}</h1>
        <span class="muted">${this.say('incidentsIntro')}</span>
      </div>
      <failure-notice retry .failure=${failure} @again=${() => void this.list.refresh()}></failure-notice>
      ${this.renderShown(value)}
      ${value ? this.renderTable(value.incidents) : failure ? nothing : html`<p role="status">${this.say('loading')}</p>`}
    `;
  }

  private renderShown(value: IncidentList | null): TemplateResult | typeof nothing {
    if (this.incident === undefined || value === null) return nothing;
    if (this.shown === undefined) return html`<p class="card" role="status">${this.say('incidentGone')} <a href=${routeHash({ page: 'incidents' })}>${this.say('close')}</a></p>`;
    const gone = !value.incidents.some((each) => this.isShown(each));
    return html`<incident-detail ?gone=${gone} .municipality=${this.municipality} .incident=${this.shown} @acted=${() => this.list.refreshAfterAction()}></incident-detail>`;
  }

  /** A way to the case, for those who may open it: an administrator sees what is wrong and settles it, and opens nobody's case. */
  private renderNumber({ summary }: IncidentView): TemplateResult {
    if (!this.desk.may('case')) return html`<span class="number">${summary.protocolNumber}</span>`;
    return html`<a data-row class="number" href=${routeHash({ page: 'case', municipality: this.municipality, caseId: summary.caseId })}>${summary.protocolNumber}</a>`;
  }

  private renderTable(incidents: readonly IncidentView[]): TemplateResult {
    if (incidents.length === 0) return html`<div class="card empty"><p>${this.say('incidentsNone')}</p></div>`;
    return html`<table role="table" aria-label=${this.say('navIncidents')} @keydown=${walkWithArrows}>
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${this.say('columnOpened')}</th>
        <th role="columnheader" scope="col">${this.say('columnCase')}</th>
        <th role="columnheader" scope="col">${this.say('columnApplicant')}</th>
        <th role="columnheader" scope="col">${this.say('columnIncident')}</th>
        <th role="columnheader" scope="col">${this.say('columnSettle')}</th>
      </tr></thead>
      <tbody role="rowgroup">${incidents.map((incident) => this.renderRow(incident))}</tbody>
    </table>`;
  }

  private renderRow(incident: IncidentView): TemplateResult {
    const { incidentId, summary, commandKey, code, openedAt } = incident;
    const { language } = this.desk;
    const subject = `${summary.protocolNumber}, ${incidentWords(language, code)}`;
    return html`<tr role="row">
      <td role="cell" class="number">${formatInstant(language, openedAt)}</td>
      <td role="cell">${this.renderNumber(incident)}</td>
      <td role="cell">${summary.applicantName}<span class="sub">${this.read(summary.programmeTitle)}</span></td>
      <td role="cell">${incidentWords(language, code)}<span class="sub">${incidentSubject(language, commandKey)} · ${code}</span></td>
      <td role="cell">
        <a class="act" ?data-row=${!this.desk.may('case')} href=${routeHash({ page: 'incidents', incident: { caseId: summary.caseId, incidentId } })} aria-label="${this.say('settleSubmit')}: ${subject}"
          aria-current=${this.isShown(incident) ? 'true' : nothing}>${this.say('settleSubmit')}</a>
      </td>
    </tr>`;
  }
}
