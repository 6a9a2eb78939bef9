import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { QueueView, TaskView } from '#definitions/types/wire.js';
import '../elements/due-mark.js';
import '../elements/failure-notice.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant, formatShortDate, readDue } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { routeHash } from '../desk-route.js';
import { FreshValue } from '../fresh-value.js';
import type { FreshFailure } from '../fresh-value.js';
import { walkRows, walkWithArrows } from '../list-keys.js';
import { controls } from '../styles/controls.js';
import { lists } from '../styles/lists.js';

/** The tasks of today: mine, or the municipality's. The most urgent first. */
@customElement('queue-page')
export class QueuePage extends DeskElement {
  static override styles = [controls, lists];

  @property({ attribute: false }) scope: 'mine' | 'all' = 'mine';
  @property({ attribute: false }) municipality = '';
  @state() private step = '';
  @state() private claiming = '';
  @state() private claimFailure: FreshFailure | null = null;
  private readonly queue = new FreshValue<QueueView>(this, () => (this.municipality === '' ? null : DESK_PATHS.queue(this.municipality, this.scope)));

  walk(step: 1 | -1): void {
    walkRows(this.shadowRoot, step);
  }

  claimCurrent(): void {
    const row = this.shadowRoot?.activeElement?.closest('tr');
    row?.querySelector<HTMLButtonElement>('button[data-claim]')?.click();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('scope') || changed.has('municipality')) this.step = '';
  }

  override render(): TemplateResult {
    const tasks = this.tasks();
    return html`
      <div class="heading">
        <h1>${this.say(this.scope === 'mine' ? 'navMine' : 'navAll')}</h1>
        <span class="muted" role="status">${this.queue.value ? this.summary(this.queue.value.tasks) : nothing}</span>
        ${this.queue.readAt ? html`<span class="muted">${this.say('readAt', { at: formatInstant(this.desk.language, this.queue.readAt.toISOString()) })}</span>` : nothing}
      </div>
      <failure-notice retry .failure=${this.queue.failure} @again=${() => void this.queue.refresh()}></failure-notice>
      <failure-notice .failure=${this.claimFailure}></failure-notice>
      ${this.queue.value ? html`${this.renderFilter(this.queue.value.tasks)} ${this.renderTable(tasks)}` : this.renderWaiting()}
    `;
  }

  private renderWaiting(): TemplateResult | typeof nothing {
    return this.queue.failure ? nothing : html`<p role="status">${this.say('loading')}</p>`;
  }

  private summary(tasks: readonly TaskView[]): string {
    const now = new Date();
    const overdue = tasks.filter((task) => readDue(task.dueAt, now).kind === 'overdue').length;
    const count = tasks.length === 1 ? this.say('taskOne') : this.say('taskMany', { count: tasks.length });
    return overdue === 0 ? count : `${count}, ${overdue === 1 ? this.say('overdueOne') : this.say('overdueMany', { count: overdue })}`;
  }

  private tasks(): readonly TaskView[] {
    const tasks = (this.queue.value?.tasks ?? []).filter((task) => this.step === '' || titleKey(task) === this.step);
    return tasks.toSorted((one, other) => (one.dueAt ?? '9999').localeCompare(other.dueAt ?? '9999') || one.openedAt.localeCompare(other.openedAt));
  }

  private renderFilter(tasks: readonly TaskView[]): TemplateResult | typeof nothing {
    const steps = new Map(tasks.map((task) => [titleKey(task), task]));
    if (steps.size < 2) return nothing;
    const sorted = [...steps].toSorted(([, one], [, other]) => this.read(one.title).localeCompare(this.read(other.title), this.desk.language));
    return html`<div class="filters"><div class="field">
      <label for="step">${this.say('filterStep')}</label>
      <select id="step" @change=${(event: Event) => (this.step = (event.target as HTMLSelectElement).value)}>
        <option value="">${this.say('filterAll')}</option>
        ${sorted.map(([key, task]) => html`<option value=${key} ?selected=${key === this.step}>${this.read(task.title)} (${tasks.filter((each) => titleKey(each) === key).length})</option>`)}
      </select>
    </div></div>`;
  }

  private renderTable(tasks: readonly TaskView[]): TemplateResult {
    if (tasks.length === 0) return html`<div class="card empty"><p>${this.say(this.scope === 'mine' ? 'queueEmptyMine' : 'queueEmptyAll')}</p>
      ${this.scope === 'mine' ? html`<p><a href=${routeHash({ page: 'queue', scope: 'all' })}>${this.say('navAll')}</a></p>` : nothing}</div>`;
    return html`<table role="table" aria-label=${this.say(this.scope === 'mine' ? 'navMine' : 'navAll')} @keydown=${walkWithArrows}>
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${this.say('columnDue')}</th>
        <th role="columnheader" scope="col">${this.say('columnCase')}</th>
        <th role="columnheader" scope="col">${this.say('columnApplicant')}</th>
        <th role="columnheader" scope="col">${this.say('columnTask')}</th>
        <th role="columnheader" scope="col">${this.say('columnClaim')}</th>
      </tr></thead>
      <tbody role="rowgroup">${repeat(tasks, (task) => task.taskId, (task) => this.renderTask(task))}</tbody>
    </table>`;
  }

  private renderTask(task: TaskView): TemplateResult {
    const { summary } = task;
    return html`<tr role="row">
      <td role="cell"><due-mark .dueAt=${task.dueAt}></due-mark></td>
      <td role="cell">
        <a data-row class="number" href=${routeHash({ page: 'case', municipality: this.municipality, caseId: summary.caseId })}>${summary.protocolNumber}</a>
        <span class="sub">${this.say('filedOn', { date: formatShortDate(this.desk.language, summary.filedAt) })}</span>
      </td>
      <td role="cell">${summary.applicantName}<span class="sub">${this.read(summary.programmeTitle)}</span></td>
      <td role="cell"><strong>${this.read(task.title)}</strong><span class="sub">${this.say(`role_${task.role}`)}</span></td>
      <td role="cell">${this.renderClaim(task)}</td>
    </tr>`;
  }

  private renderClaim(task: TaskView): TemplateResult {
    if (task.claimedByMe) return html`<span class="mark good">${this.say('claimedByMe')}</span>`;
    if (task.claimed) return html`<span class="mark">${this.say('claimedByOther')}</span>`;
    if (!this.desk.grantsIn(this.municipality).some((grant) => grant.role === task.role || grant.role === 'supervisor')) {
      return html`<span class="muted">${this.say('unclaimed')}</span>`;
    }
    return html`<button data-claim ?disabled=${this.claiming !== ''} @click=${() => void this.claim(task)}>
      ${this.claiming === task.taskId ? this.say('claiming') : this.say('claim')}<span class="hidden-visually"> ${task.summary.protocolNumber}</span>
    </button>`;
  }

  private async claim(task: TaskView): Promise<void> {
    if (this.claiming !== '') return;
    this.claiming = task.taskId;
    const answer = await this.desk.call({ method: 'POST', path: DESK_PATHS.claim(this.municipality, task.taskId), body: {}, idempotencyKey: crypto.randomUUID() });
    this.claimFailure = answer.kind === 'problem' || answer.kind === 'unreachable' ? answer : null;
    this.claiming = '';
    await this.queue.refresh();
  }
}

function titleKey(task: TaskView): string {
  return `${task.summary.programmeId} ${task.stepId}`;
}
