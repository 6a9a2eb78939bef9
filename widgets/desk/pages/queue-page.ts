import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { QueueCount, TaskView } from '#definitions/types/wire.js';
import '../elements/due-mark.js';
import '../elements/failure-notice.js';
import '../elements/queue-filter.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant, formatNumber, formatShortDate } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { routeHash } from '../desk-route.js';
import type { FreshFailure } from '../fresh-value.js';
import { walkRows, walkWithArrows } from '../list-keys.js';
import { QueueList } from '../queue-list.js';
import { queuePlace } from '../queue-places.js';
import type { QueuePlace } from '../queue-places.js';
import { controls } from '../styles/controls.js';
import { lists } from '../styles/lists.js';

type HolderChange = 'claim' | 'giveBack' | 'release';

const TOLD = { claim: 'toldClaim', giveBack: 'toldGiveBack', release: 'toldRelease' } as const;

interface HolderTold {
  readonly what: (typeof TOLD)[HolderChange];
  readonly title: TaskView['title'];
  readonly protocolNumber: string;
}

/** The tasks of today: mine, or the municipality's. The most urgent first, a page at a time, of any number. */
@customElement('queue-page')
export class QueuePage extends DeskElement {
  static override styles = [controls, lists];

  @property({ attribute: false }) scope: 'mine' | 'all' = 'mine';
  @property({ attribute: false }) municipality = '';
  /** The task whose holder is being changed. */
  @state() private changing = '';
  @state() private changeFailure: FreshFailure | null = null;
  /** What was done last. */
  @state() private told: HolderTold | null = null;
  private readonly queue = new QueueList(this, {
    wanted: () => (this.municipality === '' ? null : { municipality: this.municipality, scope: this.scope, ...this.filter }),
    shownBefore: () => this.place.shown,
  });
  /** Where the focus stood when what had it went away. */
  private focusedRow = -1;
  private focusedTask = '';
  /** The place where the reader was has been found again. */
  private isBack = false;

  private get place(): QueuePlace {
    return queuePlace(this.municipality, this.scope);
  }

  private get filter(): Pick<QueuePlace, 'programme' | 'step' | 'overdue'> {
    const { programme, step, overdue } = this.place;
    return { programme, step, overdue };
  }

  /** Down from the last row goes on to the next page. */
  walk(step: 1 | -1): void {
    const rows = this.rows();
    if (step === 1 && this.queue.more && rows.length > 0 && this.shadowRoot?.activeElement === rows.at(-1)) void this.readMore();
    else walkRows(this.shadowRoot, step);
  }

  claimCurrent(): void {
    const row = this.shadowRoot?.activeElement?.closest('tr');
    row?.querySelector<HTMLButtonElement>('button[data-change="claim"]')?.click();
  }

  private rows(): readonly HTMLAnchorElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('scope') || changed.has('municipality')) {
      this.isBack = false;
      this.told = null;
      this.changeFailure = null;
    }
    const row = this.shadowRoot?.activeElement?.closest('tr') ?? null;
    this.focusedRow = row === null ? -1 : [...(row.parentElement?.children ?? [])].indexOf(row);
    this.focusedTask = row?.querySelector<HTMLAnchorElement>('a[data-row]')?.dataset['task'] ?? '';
  }

  /**
   * The focus stays in the list: on the case one comes back from, on the row whose button has done its work, or where the row
   * stood that is no longer there. Of an empty list the heading has it.
   */
  protected override updated(): void {
    if (this.queue.tasks === null) return;
    this.place.shown = this.queue.tasks.length;
    if (!this.isBack) {
      this.isBack = true;
      const opened = this.place.openedTask;
      this.place.openedTask = '';
      if (opened !== '') this.rows().find((row) => row.dataset['task'] === opened)?.focus();
    } else if (this.focusedRow >= 0 && this.shadowRoot?.activeElement === null && document.activeElement === document.body) {
      const rows = this.rows();
      const next = rows.find((row) => row.dataset['task'] === this.focusedTask) ?? rows[Math.min(this.focusedRow, rows.length - 1)];
      (next ?? this.shadowRoot?.querySelector('h1'))?.focus();
    }
  }

  override render(): TemplateResult {
    const { tasks, counts } = this.queue;
    return html`
      <div class="heading">
        <h1 tabindex="-1">${this.say(this.scope === 'mine' ? 'navMine' : 'navAll')}</h1>
        <span class="muted" role="status">${tasks ? this.summary(counts) : nothing}</span>
        ${this.queue.readAt ? html`<span class="muted">${this.say('readAt', { at: formatInstant(this.desk.language, this.queue.readAt.toISOString()) })}</span>` : nothing}
      </div>
      <failure-notice retry .failure=${this.queue.failure} @again=${() => void this.queue.refresh()}></failure-notice>
      <failure-notice .failure=${this.changeFailure}></failure-notice>
      <p class="told" role="status">${this.told ? this.say(this.told.what, { task: this.read(this.told.title), number: this.told.protocolNumber }) : nothing}</p>
      ${tasks || counts.length > 0 ? html`<queue-filter .counts=${counts} .chosen=${this.filter} @choose=${this.onFilter}></queue-filter>` : nothing}
      ${tasks ? html`${this.renderTable(tasks)} ${this.renderMore(tasks)}` : this.renderWaiting()}
    `;
  }

  private renderWaiting(): TemplateResult | typeof nothing {
    return this.queue.failure ? nothing : html`<p role="status">${this.say('loading')}</p>`;
  }

  private summary(counts: readonly QueueCount[]): string {
    const sum = (read: (count: QueueCount) => number): number => counts.reduce((total, count) => total + read(count), 0);
    const told = (count: number, { one, many }: { one: 'taskOne' | 'overdueOne' | 'dueTodayOne'; many: 'taskMany' | 'overdueMany' | 'dueTodayMany' }): string =>
      count === 1 ? this.say(one) : this.say(many, { count: formatNumber(this.desk.language, count) });
    const [overdue, dueToday] = [sum((count) => count.overdue), sum((count) => count.dueToday)];
    return [
      told(sum((count) => count.tasks), { one: 'taskOne', many: 'taskMany' }),
      ...(overdue === 0 ? [] : [told(overdue, { one: 'overdueOne', many: 'overdueMany' })]),
      ...(dueToday === 0 ? [] : [told(dueToday, { one: 'dueTodayOne', many: 'dueTodayMany' })]),
    ].join(', ');
  }

  private readonly onFilter = (event: CustomEvent<Pick<QueuePlace, 'programme' | 'step' | 'overdue'>>): void => {
    Object.assign(this.place, event.detail, { shown: 0 });
    this.requestUpdate();
  };

  private renderMore(tasks: readonly TaskView[]): TemplateResult | typeof nothing {
    if (!this.queue.more) return nothing;
    return html`<p class="row more"><button data-more aria-disabled=${this.queue.readingMore ? 'true' : nothing} @click=${() => void this.readMore()}>${this.say('queueMore')}</button>
      <span class="muted" role="status">${this.queue.readingMore ? this.say('loading') : this.say('queueShown', { shown: formatNumber(this.desk.language, tasks.length) })}</span></p>`;
  }

  /** The focus goes to the first row that is new: reading goes on where it stopped. */
  private async readMore(): Promise<void> {
    const position = this.queue.tasks?.length ?? 0;
    const first = await this.queue.readMore();
    await this.updateComplete;
    if (first !== null) this.rows()[position]?.focus();
  }

  private renderTable(tasks: readonly TaskView[]): TemplateResult {
    const isHeld = this.place.programme !== '' || this.place.overdue;
    if (tasks.length === 0) return html`<div class="card empty"><p>${this.say(isHeld ? 'queueEmptyFilter' : this.scope === 'mine' ? 'queueEmptyMine' : 'queueEmptyAll')}</p>
      ${this.scope === 'mine' && !isHeld ? html`<p><a href=${routeHash({ page: 'queue', scope: 'all' })}>${this.say('navAll')}</a></p>` : nothing}</div>`;
    return html`<table role="table" aria-label=${this.say(this.scope === 'mine' ? 'navMine' : 'navAll')} @keydown=${this.onKey} @click=${this.onOpen}>
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

  private readonly onKey = (event: KeyboardEvent): void => {
    const isLast = event.composedPath()[0] === this.rows().at(-1);
    if (event.key === 'ArrowDown' && isLast && this.queue.more) {
      event.preventDefault();
      void this.readMore();
    } else walkWithArrows(event);
  };

  private readonly onOpen = (event: Event): void => {
    const target = event.composedPath()[0];
    if (target instanceof HTMLAnchorElement) this.place.openedTask = target.dataset['task'] ?? '';
  };

  private renderTask(task: TaskView): TemplateResult {
    const { summary } = task;
    return html`<tr role="row">
      <td role="cell"><due-mark .dueAt=${task.dueAt}></due-mark></td>
      <td role="cell">
        <a data-row data-task=${task.taskId} class="number" href=${routeHash({ page: 'case', municipality: this.municipality, caseId: summary.caseId })}>${summary.protocolNumber}</a>
        <span class="sub">${this.say('filedOn', { date: formatShortDate(this.desk.language, summary.filedAt) })}</span>
      </td>
      <td role="cell">${summary.applicantName}<span class="sub">${this.read(summary.programmeTitle)}</span></td>
      <td role="cell"><strong>${this.read(task.title)}</strong><span class="sub">${this.say(`role_${task.role}`)}</span></td>
      <td role="cell">${this.renderHolder(task)}</td>
    </tr>`;
  }

  /** Who has the task, and what this reader may do about it. */
  private renderHolder(task: TaskView): TemplateResult {
    if (!task.claimed) return task.mayClaim ? this.renderChange(task, 'claim') : html`<span class="muted">${this.say('unclaimed')}</span>`;
    const holder = task.claimedByMe ? html`<span class="mark good">${this.say('claimedByMe')}</span>` : html`<span class="mark">${this.say('claimedByOther')}</span>`;
    return task.mayGiveBack ? html`<div class="row">${holder} ${this.renderChange(task, task.claimedByMe ? 'giveBack' : 'release')}</div>` : holder;
  }

  private renderChange(task: TaskView, change: HolderChange): TemplateResult {
    return html`<button data-change=${change} aria-disabled=${this.changing === '' ? nothing : 'true'} @click=${() => void this.changeHolder(task, change)}>
      ${this.changing === task.taskId ? this.say('claiming') : this.say(change)}<span class="hidden-visually"> ${task.summary.protocolNumber}</span>
    </button>`;
  }

  /** The buttons rest until the list has been read again: pressed twice is pressed once. */
  private async changeHolder(task: TaskView, change: HolderChange): Promise<void> {
    if (this.changing !== '') return;
    const { municipality, scope } = this;
    this.changing = task.taskId;
    const path = change === 'claim' ? DESK_PATHS.claim(municipality, task.taskId) : DESK_PATHS.giveBack(municipality, task.taskId);
    const answer = await this.desk.call({ method: 'POST', path, body: {}, idempotencyKey: crypto.randomUUID() });
    if (municipality === this.municipality && scope === this.scope) {
      this.changeFailure = answer.kind === 'problem' || answer.kind === 'unreachable' ? answer : null;
      this.told = answer.kind === 'value' ? { what: TOLD[change], title: task.title, protocolNumber: task.summary.protocolNumber } : null;
      await this.queue.refresh();
    }
    this.changing = '';
  }
}
