import { css, html, nothing } from 'lit';
import type { CSSResult, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { StaffAction } from '#definitions/types/wire.js';
import '../elements/failure-notice.js';
import { caseSending, discardForm, markTouched, typedInto } from '../case-sendings.js';
import type { CaseForm, CaseSending, Typed } from '../case-sendings.js';
import type { ActionKind, OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { formatDate } from '../desk-formats.js';
import { controls } from '../styles/controls.js';
import type { DeskTextKey } from '../texts/el.js';

export interface FormChoice {
  readonly value: string;
  readonly title: string;
  readonly hint?: string;
}

export interface FieldLook {
  readonly label: string;
  readonly hint?: string;
}

/**
 * One thing a clerk may do to a case. Subclasses say which fields there are and what is sent; here live what all share:
 * what is typed survives refreshes, a write under way locks the form, every answer is told. Fires `acted` when done.
 */
export abstract class ActionForm extends DeskElement {
  static override styles: CSSResult[] = [
    controls,
    css`
      form { display: grid; gap: 1em; }
      .told { border-inline-start: 6px solid var(--desk-primary); background: var(--desk-tint); padding: 0.7em 0.9em; border-radius: var(--desk-radius); }
      .told.waiting { border-color: var(--desk-warning); background: var(--desk-warning-tint); }
      .told.done { border-color: var(--desk-good); background: var(--desk-good-tint); }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;
  @state() protected errors: Readonly<Record<string, DeskTextKey>> = {};
  /** Set by the element that shows the form: a paper or incident chosen elsewhere on the page. */
  @property({ attribute: false }) chosen = '';

  /** The case has gone on: what is typed may be read and copied, not sent. */
  @property({ type: Boolean }) stale = false;

  protected abstract readonly kind: ActionKind;
  protected abstract readonly submitText: DeskTextKey;
  protected abstract renderFields(): TemplateResult;
  /** What is wrong, by field name; empty when it can be sent. */
  protected abstract findErrors(): Readonly<Record<string, DeskTextKey>>;
  /** The action; null when it could not be made ready (an upload failed) and the form says so itself. */
  protected abstract makeAction(): StaffAction | null | Promise<StaffAction | null>;

  private listeningTo: CaseSending | null = null;
  private readonly onSending = (): void => {
    this.requestUpdate();
    // Refused may mean that somebody else was first: the page then shows what the case has become.
    if (['done', 'refused'].includes(this.sending.state.stage)) this.dispatchEvent(new Event('acted', { bubbles: true, composed: true }));
  };

  protected get form(): CaseForm {
    return { municipality: this.open.municipality, caseId: this.open.file.summary.caseId, kind: this.kind };
  }

  protected get sending(): CaseSending {
    return caseSending(this.form);
  }

  protected get typed(): Typed {
    return typedInto(this.form);
  }

  protected typedText(name: string): string {
    const value = this.typed[name];
    return typeof value === 'string' ? value : '';
  }

  protected type(name: string, value: unknown): void {
    this.typed[name] = value;
    // What was complained of goes as soon as it is mended; nothing new is complained of while somebody types.
    const still = this.findErrors();
    this.errors = Object.fromEntries(Object.entries(this.errors).filter(([field]) => still[field] !== undefined));
    this.touch();
    this.requestUpdate();
  }

  protected touch(): void {
    markTouched(this.form);
  }

  protected get locked(): boolean {
    return this.sending.underWay;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.listeningTo?.removeEventListener('change', this.onSending);
    this.listeningTo = null;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.listeningTo === this.sending) return;
    this.listeningTo?.removeEventListener('change', this.onSending);
    this.listeningTo = this.sending;
    this.listeningTo.addEventListener('change', this.onSending);
  }

  override render(): TemplateResult {
    return html`<form novalidate @submit=${this.onSubmit}>
      <fieldset class="stack" ?disabled=${this.locked}>${this.renderFields()}</fieldset>
      ${this.renderTold()}
      ${this.stale ? this.renderStale() : this.renderSubmit()}
    </form>`;
  }

  private renderSubmit(): TemplateResult {
    return html`<div class="row">
        <button class="primary" type="submit" aria-disabled=${this.locked ? 'true' : nothing} data-submit>
          ${this.locked ? this.say('sending') : this.say(this.submitText)}
        </button>
      </div>`;
  }

  private renderStale(): TemplateResult {
    return html`<div class="row"><button type="button" data-discard @click=${this.onDiscard}>${this.say('discardTyped')}</button></div>`;
  }

  private readonly onDiscard = (): void => {
    discardForm(this.form);
    this.dispatchEvent(new Event('discarded', { bubbles: true, composed: true }));
  };

  private renderTold(): TemplateResult {
    const { state } = this.sending;
    return html`<div role="status">
      ${state.stage === 'recorded' ? html`<p class="told waiting">${this.say('toldRecorded')}</p>` : nothing}
      ${state.stage === 'unsure' ? html`<p class="told waiting">${this.say('toldUnsure')}</p>` : nothing}
      ${state.stage === 'done' ? html`<p class="told done">${this.say('toldDone')}</p>` : nothing}
      ${state.stage === 'refused' ? html`<failure-notice .failure=${state.answer}></failure-notice>${this.stale ? nothing : html`<p class="hint">${this.say('keptTyped')}</p>`}` : nothing}
    </div>`;
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.locked || this.stale) return;
    this.errors = this.findErrors();
    if (Object.keys(this.errors).length > 0) return this.focusFirstError();
    // Fields are locked while the write is under way; the focus waits on the button, which stays reachable.
    this.shadowRoot?.querySelector<HTMLElement>('[data-submit]')?.focus();
    const action = await this.makeAction();
    if (action !== null) await this.sending.send(action);
  };

  private async focusFirstError(): Promise<void> {
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')?.focus();
  }

  protected renderText(name: string, { label, hint, type = 'text' }: FieldLook & { readonly type?: 'text' | 'date' }): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      ${this.renderAbout(name, hint)}
      <input id=${name} type=${type} autocomplete="off" maxlength="200" .value=${this.typedText(name)} aria-describedby=${this.aboutId(name, hint)}
        aria-invalid=${this.errors[name] ? 'true' : nothing} @input=${(event: Event) => this.type(name, (event.target as HTMLInputElement).value)} />
      ${type === 'date' && this.typedText(name) !== '' ? html`<span class="hint">${formatDate(this.desk.language, this.typedText(name))}</span>` : nothing}
    </div>`;
  }

  protected renderNote({ label, hint }: FieldLook): TemplateResult {
    return html`<div class="field">
      <label for="note">${label}</label>
      ${this.renderAbout('note', hint)}
      <textarea id="note" maxlength="2000" .value=${this.typedText('note')} aria-describedby=${this.aboutId('note', hint)}
        aria-invalid=${this.errors['note'] ? 'true' : nothing} @input=${(event: Event) => this.type('note', (event.target as HTMLTextAreaElement).value)}></textarea>
    </div>`;
  }

  protected renderSelect(name: string, { label, hint, choices }: FieldLook & { readonly choices: readonly FormChoice[] }): TemplateResult {
    const now = this.typedText(name);
    return html`<div class="field">
      <label for=${name}>${label}</label>
      ${this.renderAbout(name, hint)}
      <select id=${name} aria-describedby=${this.aboutId(name, hint)} aria-invalid=${this.errors[name] ? 'true' : nothing}
        @change=${(event: Event) => this.type(name, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${now === ''}>${this.say('choose')}</option>
        ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === now}>${choice.title}</option>`)}
      </select>
    </div>`;
  }

  protected renderChoices(name: string, { label, hint, choices }: FieldLook & { readonly choices: readonly FormChoice[] }): TemplateResult {
    return html`<fieldset role="radiogroup" aria-describedby=${this.aboutId(name, hint)} aria-labelledby="${name}-legend" ?data-invalid=${this.errors[name] !== undefined}>
      <legend id="${name}-legend">${label}</legend>
      ${this.renderAbout(name, hint)}
      ${choices.map((choice) => html`<label class="choice">
        <input type="radio" name=${name} value=${choice.value} .checked=${this.typedText(name) === choice.value} @change=${() => this.type(name, choice.value)} />
        <span><strong>${choice.title}</strong>${choice.hint ? html`<span class="hint">${choice.hint}</span>` : nothing}</span>
      </label>`)}
    </fieldset>`;
  }

  protected renderAbout(name: string, hint: string | undefined): TemplateResult {
    const error = this.errors[name];
    return html`${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : nothing}
    ${error ? html`<span class="error" id="${name}-error">${this.say(error)}</span>` : nothing}`;
  }

  private aboutId(name: string, hint: string | undefined): string | typeof nothing {
    const ids = [hint ? `${name}-hint` : '', this.errors[name] ? `${name}-error` : ''].filter(Boolean);
    return ids.length > 0 ? ids.join(' ') : nothing;
  }

  /** A note only when something was written. */
  protected get noteIfAny(): { readonly note?: string } {
    const note = this.typedText('note').trim();
    return note === '' ? {} : { note };
  }
}
