import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IncidentList, IncidentView } from '#definitions/types/wire.js';
import '../elements/failure-notice.js';
import { incidentWords } from '../case-reading.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { routeHash } from '../desk-route.js';
import { FreshValue } from '../fresh-value.js';
import { walkRows, walkWithArrows } from '../list-keys.js';
import { controls } from '../styles/controls.js';
import { lists } from '../styles/lists.js';

/** What the engine could not do by itself and waits for a person. */
@customElement('incidents-page')
export class IncidentsPage extends DeskElement {
  static override styles = [controls, lists];

  @property({ attribute: false }) municipality = '';
  private readonly list = new FreshValue<IncidentList>(this, () => (this.municipality === '' ? null : DESK_PATHS.incidents(this.municipality)));

  walk(step: 1 | -1): void {
    walkRows(this.shadowRoot, step);
  }

  override render(): TemplateResult {
    return html`
      <div class="heading">
        <h1>${this.say('navIncidents')}</h1>
        <span class="muted">${this.say('incidentsIntro')}${this.desk.may('case') ? nothing : ` ${this.say('incidentsForSupervisor')}`}</span>
      </div>
      <failure-notice retry .failure=${this.list.failure} @again=${() => void this.list.refresh()}></failure-notice>
      ${this.list.value ? this.renderTable(this.list.value.incidents) : this.list.failure ? nothing : html`<p role="status">${this.say('loading')}</p>`}
    `;
  }

  /** A way to the case, for those who may open it: an administrator sees what is wrong, and opens nobody's case. */
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
      </tr></thead>
      <tbody role="rowgroup">
        ${incidents.map((incident) => html`<tr role="row">
          <td role="cell" class="number">${formatInstant(this.desk.language, incident.openedAt)}</td>
          <td role="cell">${this.renderNumber(incident)}</td>
          <td role="cell">${incident.summary.applicantName}<span class="sub">${this.read(incident.summary.programmeTitle)}</span></td>
          <td role="cell">${incidentWords(this.desk.language, incident.code)}<span class="sub">${incident.code}</span></td>
        </tr>`)}
      </tbody>
    </table>`;
  }
}
