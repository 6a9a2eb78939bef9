import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { QueueCount, QueueView, TaskView } from '#definitions/types/wire.js';
import { DESK_PATHS } from './desk-paths.js';
import type { QueueWanted } from './desk-paths.js';
import { deskState } from './desk-state.js';
import type { FreshFailure } from './fresh-value.js';

const EVERY_MS = 15_000;
const PAGE = 50;
/** The most that one answer holds; a longer list is read again in several. */
const ANSWER_MAX = 200;

export interface QueueSource {
  /** Null while it is not known whose queue. */
  wanted(): QueueWanted | null;
  /** How many were shown when the reader left this queue; 0 for a new one. */
  shownBefore(): number;
}

/**
 * A queue of any length: the first page, more when asked, and all that is shown read again now and then and when the page
 * comes back into view. The engine keeps the order; what was read stays on the screen while it is away.
 */
export class QueueList implements ReactiveController {
  tasks: readonly TaskView[] | null = null;
  counts: readonly QueueCount[] = [];
  more = false;
  readingMore = false;
  failure: FreshFailure | null = null;
  readAt: Date | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #source: QueueSource;
  #wanted = '';
  #timer: ReturnType<typeof setInterval> | undefined;
  #turn = 0;

  constructor(host: ReactiveControllerHost, source: QueueSource) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#whenVisible, EVERY_MS);
    document.addEventListener('visibilitychange', this.#whenVisible);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#whenVisible);
    this.#wanted = '';
    this.#turn += 1;
  }

  hostUpdate(): void {
    const wanted = JSON.stringify(this.#source.wanted());
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#turn += 1;
    this.tasks = null;
    this.more = false;
    this.readingMore = false;
    this.failure = null;
    void this.#read([], Math.max(PAGE, this.#source.shownBefore()));
  }

  /** Reads again as many as are shown. An answer to an older question never replaces a newer one. */
  async refresh(): Promise<void> {
    if (!this.readingMore) await this.#read([], Math.max(PAGE, this.tasks?.length ?? 0));
  }

  /** The next page; gives its first task, so that the reader can go on from there. */
  async readMore(): Promise<TaskView | null> {
    const shown = this.tasks;
    if (shown === null || !this.more || this.readingMore) return null;
    this.readingMore = true;
    this.#host.requestUpdate();
    await this.#read(shown, PAGE);
    this.readingMore = false;
    this.#host.requestUpdate();
    return this.tasks?.[shown.length] ?? null;
  }

  async #read(before: readonly TaskView[], count: number): Promise<void> {
    const wanted = this.#source.wanted();
    if (wanted === null) return;
    const turn = (this.#turn += 1);
    const tasks = [...before];
    for (let left = count, more = true; left > 0 && more; ) {
      const after = tasks.at(-1)?.taskId;
      const path = DESK_PATHS.queue({ ...wanted, limit: Math.min(left, ANSWER_MAX), ...(after === undefined ? {} : { after }) });
      const answer = await deskState.call<QueueView>({ path });
      if (turn !== this.#turn) return;
      if (answer.kind !== 'value') {
        if (answer.kind !== 'unchanged') this.failure = answer;
        return this.#host.requestUpdate();
      }
      // A task whose due instant moved meanwhile may come twice; its first place is the true one.
      const known = new Set(tasks.map(({ taskId }) => taskId));
      tasks.push(...answer.value.tasks.filter(({ taskId }) => !known.has(taskId)));
      if (answer.value.counts) this.counts = answer.value.counts;
      more = answer.value.more;
      left -= answer.value.tasks.length;
      this.more = more;
    }
    this.tasks = tasks;
    this.failure = null;
    this.readAt = new Date();
    this.#host.requestUpdate();
  }

  readonly #whenVisible = (): void => {
    if (document.visibilityState === 'visible' && deskState.stage === 'signedIn') void this.refresh();
  };
}
