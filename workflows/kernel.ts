import type { DecideOutput, EffectActivities, KernelActivities, KernelEvent, KnownOfRecord, LookedAgain } from '#engine/contract/kernel.js';
import { callFinishedEventId, FILED_EVENT_ID, TASK_QUEUES } from '#engine/contract/kernel.js';
import type { Command } from '#engine/contract/case.js';
import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation, patched, proxyActivities, proxyLocalActivities, sleep, workflowInfo } from '@temporalio/workflow';

type Reply = DecideOutput['reply'];

/** A decision is one read and one write; exhausted tries are taken up again by a timer, so that no task is held. */
const { decide } = proxyLocalActivities<KernelActivities>({
  startToCloseTimeout: '8s',
  scheduleToCloseTimeout: '12s',
  localRetryThreshold: '1s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '1s', maximumAttempts: 4 },
});

/** Only what certainly was not sent is tried again; whatever is left over becomes an incident. */
const effects = proxyActivities<EffectActivities>({
  taskQueue: TASK_QUEUES.effects,
  startToCloseTimeout: '2m',
  heartbeatTimeout: '8s',
  scheduleToCloseTimeout: '7 days',
  retry: { initialInterval: '2s', backoffCoefficient: 3, maximumInterval: '5m', maximumAttempts: 7 },
});

/** Patches: histories from before them replay as they were recorded. */
const ONE_ATTEMPT_AT_ONCE = 'one-attempt-at-once';

const RETRY_SECONDS_FIRST = 2;
const RETRY_SECONDS_MAX = 600;
/** After this many rounds a person is told that an event cannot be decided. */
const ROUNDS_BEFORE_INCIDENT = 3;

/**
 * Feeds events to `decide`, one after the other, and executes the commands that come back. It knows nothing of programmes:
 * what a case is can change without a running history noticing.
 */
export class Kernel {
  readonly #case: { readonly caseId: string; readonly municipality: string };
  readonly #timers = new Map<string, { readonly at: string; readonly scope: CancellationScope }>();
  #chain: Promise<unknown> = Promise.resolve();
  /** Command keys of effects that are being carried out. */
  readonly #underWay = new Set<string>();
  /** How often it has failed at an effect. */
  readonly #failures = new Map<string, number>();
  /** Whether it must know of everything that happens to the case. */
  readonly #isFollowing: boolean;
  /** Of the case, at the last decision that it heard of. */
  #version: number | undefined;
  #open = 0;
  #ended = false;

  constructor({ caseId, municipality, follows }: { readonly caseId: string; readonly municipality: string; readonly follows?: { readonly version?: number | undefined } }) {
    this.#case = { caseId, municipality };
    this.#isFollowing = follows !== undefined;
    this.#version = follows?.version;
  }

  /** Decides the event after everything that was told before it, and carries out what was decided. Never rejects. */
  async tell(event: KernelEvent): Promise<Reply> {
    this.#open += 1;
    try {
      return await CancellationScope.nonCancellable(() => this.#decideAtLast(event));
    } finally {
      this.#open -= 1;
    }
  }

  /**
   * Goes to the record in its turn, and takes up what happened to the case without it: its own memory may be an old copy that
   * somebody put back.
   */
  async lookAgain(): Promise<LookedAgain> {
    this.#open += 1;
    try {
      return await CancellationScope.nonCancellable(() => {
        const turn = this.#chain.then(async () => {
          const before = this.#version ?? 0;
          await this.#decideOnce({ id: FILED_EVENT_ID, kind: 'filed' });
          return { before, after: this.#version ?? 0 };
        });
        this.#chain = turn;
        return turn;
      });
    } finally {
      this.#open -= 1;
    }
  }

  /** null: it has not decided anything yet. */
  known(): KnownOfRecord | null {
    return this.#version === undefined ? null : { version: this.#version, timers: this.timers() };
  }

  /** Nothing is being decided, retried or carried out. */
  isIdle(): boolean {
    return this.#open === 0;
  }

  /** The case is over. */
  hasEnded(): boolean {
    return this.#ended;
  }

  timers(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#timers].map(([timerId, { at }]) => [timerId, at]));
  }

  setTimer(timerId: string, at: string): void {
    this.#cancelTimer(timerId);
    const scope = new CancellationScope();
    this.#timers.set(timerId, { at, scope });
    void this.#sleepUntil({ timerId, at, scope });
  }

  async #sleepUntil({ timerId, at, scope }: { readonly timerId: string; readonly at: string; readonly scope: CancellationScope }): Promise<void> {
    try {
      await scope.run(() => sleep(Math.max(1, Date.parse(at) - Date.now())));
    } catch (error) {
      if (isCancellation(error)) return;
      throw error;
    }
    this.#timers.delete(timerId);
    await this.tell({ id: `timer/${timerId}/${at}`, kind: 'timerFired', timerId, dueAt: at });
  }

  #cancelTimer(timerId: string): void {
    const timer = this.#timers.get(timerId);
    this.#timers.delete(timerId);
    timer?.scope.cancel();
  }

  /** An event that cannot be decided now steps aside, so that others pass, and queues again later; it is never dropped. */
  async #decideAtLast(event: KernelEvent): Promise<Reply> {
    let isReported = false;
    for (let round = 1; ; round += 1) {
      const output = await this.#enqueue(event);
      if (output !== null) return output.reply;
      if (round >= ROUNDS_BEFORE_INCIDENT && !isReported) {
        const report = await this.#enqueue({ id: `stuck/${event.id}`, kind: 'effectFailed', commandKey: `event:${event.id}`, code: 'event.undecided' });
        isReported = report !== null;
      }
      await sleep(Math.min(RETRY_SECONDS_MAX, RETRY_SECONDS_FIRST * 2 ** (round - 1)) * 1000);
    }
  }

  /** One chain: two local activities in flight record histories that do not replay. */
  #enqueue(event: KernelEvent): Promise<DecideOutput | null> {
    const turn = this.#chain.then(() => this.#decideOnce(event));
    this.#chain = turn;
    return turn;
  }

  async #decideOnce(event: KernelEvent): Promise<DecideOutput | null> {
    let output: DecideOutput;
    const known = this.#isFollowing ? this.known() : null;
    try {
      output = await decide({ ...this.#case, event, ...(known === null ? {} : { known }) });
    } catch {
      return null;
    }
    this.#version = output.reply.version;
    // A refused event may carry commands: of actions that were accepted before it and decided with it. Before there were such, a refusal had none.
    if (!output.reply.accepted && output.commands.length === 0) return output;
    this.#ended = output.commands.some((command) => command.kind === 'end');
    for (const command of output.commands) this.#carryOut(event, command);
    return output;
  }

  #carryOut(event: KernelEvent, command: Command): void {
    switch (command.kind) {
      case 'timerSet':
        return this.setTimer(command.timerId, command.at);
      case 'timerCancel':
        return this.#cancelTimer(command.timerId);
      case 'deliver':
      case 'call':
        return void this.#carryOutEffect(event, command);
      case 'end':
        return undefined;
    }
  }

  /**
   * Cause, run and count tell one failure from another: a person may have the same effect tried again, and a kernel that takes a case
   * up anew tries for the same cause as the one before it.
   */
  async #carryOutEffect(cause: KernelEvent, command: Extract<Command, { kind: 'deliver' | 'call' }>): Promise<void> {
    const { commandKey } = command;
    // A kernel that takes a case up anew may hear of an effect twice; two attempts at once would look like an uncertain one.
    if (this.#underWay.has(commandKey) && patched(ONE_ATTEMPT_AT_ONCE)) return;
    this.#open += 1;
    try {
      await this.#attempt(command);
      if (command.kind === 'deliver') return;
      await this.tell({ id: callFinishedEventId(commandKey), kind: 'callFinished', commandKey });
    } catch (error) {
      const kind = command.kind === 'call' ? 'callFailed' : 'effectFailed';
      const count = (this.#failures.get(commandKey) ?? 0) + 1;
      this.#failures.set(commandKey, count);
      await this.tell({ id: `failed/${commandKey}/${cause.id}/${workflowInfo().runId}/${count}`, kind, commandKey, code: codeOf(error) });
    } finally {
      this.#open -= 1;
    }
  }

  async #attempt(command: Extract<Command, { kind: 'deliver' | 'call' }>): Promise<void> {
    const { commandKey } = command;
    this.#underWay.add(commandKey);
    try {
      if (command.kind === 'deliver') await effects.deliver({ ...this.#case, commandKey });
      else await effects.call({ ...this.#case, commandKey, activity: command.activity });
    } finally {
      this.#underWay.delete(commandKey);
    }
  }
}

/** A code, never a message: messages may hold what nobody should read in a history. */
function codeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && typeof cause.type === 'string' ? cause.type : 'effect.timedOut';
}
