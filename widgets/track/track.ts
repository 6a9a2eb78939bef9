import { html } from '#widgets/elements/template.js';
import type { DocumentKind, Question } from '#definitions/types/programme.js';
import type { CitizenAction, CitizenCase, TrackAnswer } from '#definitions/types/wire.js';
import type { Language } from '#forms/findings/tell.js';
import type { Reply } from '#widgets/client/engine-client.js';
import { newKey } from '#widgets/client/engine-client.js';
import { FileSender } from '#widgets/client/file-sender.js';
import { css } from '#widgets/elements/css.js';
import { define } from '#widgets/elements/base-element.js';
import { WidgetElement } from '#widgets/elements/widget-element.js';
import type { OwnTexts } from '#widgets/texts/texts.js';
import { widgetStyles } from '#widgets/elements/widget.styles.js';
import type { FieldStates } from '#widgets/fields/field.js';
import { fieldStyles } from '#widgets/fields/field.styles.js';
import type { TrackTexts } from './texts/el.js';
import { Tracking } from './tracking.js';
import type { Watching } from './watching.js';
import { renderCase } from './views/case.js';
import { renderEntry, renderStage } from './views/entry.js';

/**
 * @summary Where an application stands: stage and dates by the tracking code, everything after a one-time code.
 * @fires diktyo-ready - the box for the code is shown
 * @fires diktyo-step - detail: page (`stage` or `case`)
 * @fires diktyo-error - something was refused or nobody answered; detail: code
 */
export class DiktyoTrack extends WidgetElement<TrackTexts> implements Watching {
  static override styles =
    WidgetElement.styles +
    fieldStyles +
    widgetStyles +
    css`
      .sentence {
        font-size: 1.15em;
        font-weight: 600;
        margin-bottom: 0.4em;
      }
      .paper .field {
        margin: 0.5em 0 1em;
      }
      .paper {
        padding: 0.75em 0;
        border-bottom: 0.0625em solid var(--hair);
      }
      .paper b {
        display: block;
      }
      .tag {
        display: inline-block;
        padding: 0 0.6em;
        border-radius: 1em;
        border: 0.0625em solid currentColor;
        font-size: 0.9em;
        font-weight: 600;
      }
      .tag.good {
        color: var(--good);
      }
      .tag.bad {
        color: var(--bad);
      }
      ol {
        list-style: none;
        border-inline-start: 0.19em solid var(--hair);
        padding-inline-start: 1em;
      }
      ol li {
        margin-bottom: 0.8em;
      }
      time {
        display: block;
        color: var(--muted);
      }
    `;

  static override watched = [...WidgetElement.watched, 'answer', 'case', 'wrong', 'notice', 'isBusy', 'isChallenged', 'isWithdrawing'];

  answer?: TrackAnswer;
  case?: CitizenCase;
  wrong = '';
  notice = '';
  isBusy = false;
  isChallenged = false;
  isWithdrawing = false;
  tracking?: Tracking;
  uploads!: FileSender;
  readonly fieldStates: FieldStates = {};
  /** Files that arrived and are not yet handed in, by kind of paper. */
  arrived: Readonly<Record<string, readonly string[]>> = {};
  readonly #keys = new Map<string, string>();

  override render(): unknown {
    if (this.texts === undefined) return html`<slot></slot>`;
    return html`<div class="view" aria-busy=${this.isBusy}>${this.case !== undefined ? renderCase(this) : this.answer === undefined ? renderEntry(this) : renderStage(this)}</div>`;
  }

  protected override loadTexts(language: Language): Promise<{ readonly texts: OwnTexts<TrackTexts> }> {
    return language === 'el' ? import('./texts/el.js') : import('./texts/en.js');
  }

  protected override begin(): Promise<void> {
    this.uploads = new FileSender(this, {
      path: '/api/v1/tracking/documents',
      authorize: () => Promise.resolve({ ok: true, value: this.tracking?.authorization ?? '' }),
      edit: (kind, change) => this.#setArrived(kind, change(this.arrived[kind] ?? [])),
    });
    this.emit('ready');
    return Promise.resolve();
  }

  // What the views call. --------------------------------------------------------------------------------------------

  documentOf({ id }: Question): DocumentKind | undefined {
    const paper = this.case?.documents.find(({ kind }) => kind === id);
    return paper && ({ ...paper, id, filesMax: 5 } as unknown as DocumentKind);
  }

  async look(code: string): Promise<void> {
    if (code.trim() === '') return this.#say(this.tell('codeMissing'));
    this.tracking = new Tracking(this.client, { municipality: this.municipality, trackingCode: code.trim().slice(0, 200) });
    const reply = await this.#busy(this.tracking.look());
    if (!reply.ok) return this.#say(reply.status === 404 || reply.status === 422 || reply.status === 400 ? this.tell('codeUnknown') : this.tellReply(reply), reply);
    this.#show({ answer: reply.value, page: 'stage' });
  }

  async challenge(channel: 'email' | 'sms'): Promise<void> {
    const reply = await this.#busy(this.tracking?.challenge(channel));
    if (!reply.ok) return this.#say(this.tellReply(reply), reply);
    this.isChallenged = true;
    this.notice = this.tell('sent');
    this.wrong = '';
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  }

  async open(typed: string): Promise<void> {
    const oneTimeCode = typed.normalize('NFKC').replace(/\D/g, '');
    if (oneTimeCode.length !== 6) return this.#say(this.tell('oneTimeMissing'));
    const reply = await this.#busy(this.tracking?.open(oneTimeCode));
    if (!reply.ok) return this.#say(reply.status === 401 || reply.status === 422 ? this.tell('oneTimeWrong') : this.tellReply(reply), reply);
    this.#show({ case: reply.value.view, page: 'case' });
  }

  async hand(documentKind: string): Promise<void> {
    const documentIds = [...(this.arrived[documentKind] ?? [])];
    if (documentIds.length === 0) return;
    if (await this.#act({ kind: 'documentProvided', documentKind, documentIds }, `${documentKind} ${documentIds.join(' ')}`)) {
      this.#setArrived(documentKind, []);
      this.notice = this.tell('sentPaper');
    }
  }

  async withdraw(): Promise<void> {
    if (await this.#act({ kind: 'withdrawn' }, 'withdrawn')) this.isWithdrawing = false;
  }

  restart(): void {
    this.answer = undefined as never;
    this.case = undefined as never;
    this.tracking = undefined as never;
    this.isChallenged = false;
    this.#clear();
    void this.focusTop();
  }

  // ------------------------------------------------------------------------------------------------------------------

  /** Key by act: pressed twice, or again after a cut, it is one act. */
  async #act(action: CitizenAction, name: string): Promise<boolean> {
    const key = this.#keys.get(name) ?? newKey();
    this.#keys.set(name, key);
    const reply = await this.#busy(this.tracking?.act(action, key));
    if (!reply.ok) {
      if (reply.status === 401) return this.#expire();
      await this.#say(this.tellReply(reply), reply);
      return false;
    }
    const fresh = await this.#busy(this.tracking?.read());
    if (fresh.ok) this.case = fresh.value;
    else if (this.case !== undefined) this.case = { ...this.case, status: reply.value.status, version: reply.value.version };
    this.#clear();
    void this.focusTop();
    return true;
  }

  #expire(): boolean {
    this.case = undefined as never;
    this.isChallenged = false;
    this.wrong = '';
    this.notice = this.tell('expired');
    void this.focusTop();
    return false;
  }

  #show({ page, ...found }: { answer?: TrackAnswer; case?: CitizenCase; page: string }): void {
    Object.assign(this, found);
    this.#clear();
    this.emit('step', { page });
    void this.focusTop();
  }

  #clear(): void {
    this.wrong = '';
    this.notice = '';
  }

  async #say(wrong: string, reply?: Reply<unknown>): Promise<void> {
    this.wrong = wrong;
    this.emit('error', { code: (reply !== undefined && !reply.ok && reply.problem?.code) || 'unreachable' });
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  }

  async #busy<Value>(call: Promise<Reply<Value>> | undefined): Promise<Reply<Value>> {
    if (call === undefined) return { ok: false, status: 0 };
    this.isBusy = true;
    const reply = await call;
    this.isBusy = false;
    return reply;
  }

  #setArrived(kind: string, ids: readonly string[]): void {
    this.arrived = { ...this.arrived, [kind]: ids };
    this.requestUpdate();
  }
}

define('diktyo-track', DiktyoTrack);
