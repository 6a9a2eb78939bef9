import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Step } from '#definitions/types/programme.js';
import { caseSending } from '../case-sendings.js';
import type { CaseSending } from '../case-sendings.js';
import { actorWords, historySentence } from '../case-reading.js';
import type { ActionKind, CaseActor, OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant } from '../desk-formats.js';
import '../forms/decision-form.js';
import '../forms/fact-form.js';
import '../forms/inspection-form.js';
import '../forms/paper-forms.js';
import '../forms/receive-documents-form.js';
import '../forms/settle-forms.js';
import '../forms/simple-forms.js';
import { controls } from '../styles/controls.js';

/** The work of the step first, then what is always possible, the irrevocable last. */
const ORDER: readonly ActionKind[] = [
  'incidentSettled', 'factRecorded', 'assessed', 'decided', 'reviewed', 'partPaid', 'documentJudged', 'documentProvided', 'documentAsked', 'noteAdded', 'withdrawn',
];
const WORK: readonly ActionKind[] = ['incidentSettled', 'factRecorded', 'assessed', 'decided', 'reviewed', 'partPaid'];

const STEP_KINDS: Readonly<Partial<Record<ActionKind, Step['kind']>>> = { assessed: 'assess', decided: 'decide', reviewed: 'review', partPaid: 'pay' };

/** What this account may do now: one form open at a time, under its own button. */
@customElement('action-panel')
export class ActionPanel extends DeskElement {
  static override styles = [
    controls,
    css`
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5em; }
      li > button { inline-size: 100%; justify-content: space-between; text-align: start; }
      li > button[aria-expanded='true'] { border-end-start-radius: 0; border-end-end-radius: 0; background: var(--desk-tint); color: var(--desk-primary-strong); border-color: var(--desk-primary); }
      .form { border: 1px solid var(--desk-primary); border-top: 0; padding: 1em; border-end-start-radius: var(--desk-radius); border-end-end-radius: var(--desk-radius); }
      .done { background: var(--desk-good-tint); color: var(--desk-good); border-inline-start: 6px solid var(--desk-good); border-radius: var(--desk-radius); padding: 0.6em 0.8em; margin-bottom: 0.8em; font-weight: 600; }
      .moved { border-inline-start: 6px solid var(--desk-warning); background: var(--desk-warning-tint); padding: 0.7em 0.9em; border-radius: var(--desk-radius); margin-bottom: 1em; }
      .sign { font-weight: 400; }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;
  @state() private shown: ActionKind | null = null;
  @state() private chosen = '';
  @state() private done: ActionKind | null = null;
  private placeShown = '';
  /** The case as it was when the open form could still be used: its questions stay in sight with what was typed into them. */
  private usable: OpenCase | null = null;

  /** Opens a form, with a paper or incident already chosen, and puts the focus into it. */
  show(action: ActionKind, chosen = ''): void {
    this.shown = action;
    this.chosen = chosen;
    this.done = null;
    this.sendingOf(action).clear();
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('li > button[aria-expanded="true"]')?.focus());
  }

  focusFirst(): void {
    this.shadowRoot?.querySelector<HTMLElement>('li > button')?.focus();
  }

  private get offered(): readonly ActionKind[] {
    return ORDER.filter((kind) => (this.open.file.actions.includes(kind) && this.fits(kind)) || this.isUnderWay(kind));
  }

  /** The work of a step is offered where that step stands; a check of papers when there is one to check. */
  private fits(kind: ActionKind): boolean {
    const stepKind = STEP_KINDS[kind];
    if (stepKind !== undefined) return this.open.step?.kind === stepKind;
    return kind !== 'documentJudged' || Object.values(this.open.state.documents).some((paper) => paper.documentIds.length > 0 || ['provided', 'accepted', 'refused'].includes(paper.status));
  }

  private sendingOf(kind: ActionKind): CaseSending {
    return caseSending({ municipality: this.open.municipality, caseId: this.open.file.summary.caseId, kind });
  }

  private isUnderWay(kind: ActionKind): boolean {
    return this.sendingOf(kind).underWay;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { summary } = this.open.file;
    const place = `${summary.caseId} ${this.open.state.currentStep}`;
    const sameCase = this.placeShown.startsWith(`${summary.caseId} `);
    const movedOn = sameCase && (place !== this.placeShown || (this.shown !== null && !this.offered.includes(this.shown)));
    const finished = movedOn && this.shown !== null && this.sendingOf(this.shown).state.stage === 'done' ? this.shown : null;
    if (!sameCase) this.done = null;
    if (!sameCase || finished !== null) this.pickWork();
    if (finished !== null) this.tellDone(finished);
    if (!sameCase || this.shown === null || this.offered.includes(this.shown)) this.usable = this.open;
    this.placeShown = place;
  }

  private pickWork(): void {
    this.shown = WORK.find((kind) => this.offered.includes(kind)) ?? null;
    this.chosen = '';
  }

  /** The form that was used is gone with its step: what was done is told in its place, and read from there. */
  private tellDone(kind: ActionKind): void {
    this.done = kind;
    this.sendingOf(kind).clear();
    const hadFocus = this.shadowRoot?.activeElement !== null;
    if (hadFocus) void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('.done')?.focus());
  }

  override render(): TemplateResult {
    const kinds = this.shown !== null && !this.offered.includes(this.shown) ? [this.shown, ...this.offered] : this.offered;
    return html`<div role="status">${this.done === null ? nothing : html`<p class="done" tabindex="-1">✓ ${this.say(`done_${this.done}`)}</p>`}</div>
      ${kinds.length === 0 ? html`<p class="muted">${this.say('actionsNone')}</p>` : html`<ul>${kinds.map((kind) => this.renderAction(kind))}</ul>`}`;
  }

  private renderAction(kind: ActionKind): TemplateResult {
    const expanded = this.shown === kind;
    return html`<li data-action=${kind}>
      <button class=${kind === 'withdrawn' ? 'danger' : ''} aria-expanded=${expanded ? 'true' : 'false'} @click=${() => this.toggle(kind)}>
        ${this.say(`action_${kind}`)}<span class="sign" aria-hidden="true">${expanded ? '−' : '+'}</span>
      </button>
      ${expanded ? html`<div class="form" @discarded=${this.onDiscarded}>${this.offered.includes(kind) ? nothing : this.renderMovedOn(kind)}${this.renderForm(kind)}</div>` : nothing}
    </li>`;
  }

  private readonly onDiscarded = (): void => {
    this.pickWork();
    this.usable = this.open;
    void this.updateComplete.then(() => this.focusFirst());
  };

  /** Somebody else was first: what the case has become, and by whom. */
  private renderMovedOn(kind: ActionKind): TemplateResult {
    const { status } = this.open.file.summary;
    const { language, session } = this.desk;
    const holder = status.holder.role ? this.say(`role_${status.holder.role}`) : this.say(`holder_${status.holder.kind}`);
    const last = this.open.file.history.filter(({ accepted }) => accepted).toSorted((one, other) => other.at.localeCompare(one.at))[0];
    const refused = this.sendingOf(kind).state.stage === 'refused';
    return html`<div class="moved" role="alert" data-moved>
      <p><strong>${this.say(refused ? 'movedOn' : 'noLongerOffered')}</strong></p>
      <p>${this.say('movedOnNow', { step: this.read(status.stepTitle), holder })}</p>
      ${last ? html`<p>${this.say('movedOnLast', { what: historySentence(this.open, last, language), who: actorWords(last.actor as unknown as CaseActor, { language, account: session?.account ?? '' }), at: formatInstant(language, last.at) })}</p>` : nothing}
      ${refused ? html`<p>${this.say('keptTyped')}</p>` : nothing}
    </div>`;
  }

  private toggle(kind: ActionKind): void {
    if (this.shown === kind) this.shown = null;
    else this.show(kind);
  }

  private renderForm(kind: ActionKind): TemplateResult {
    const { chosen } = this;
    const stale = !this.offered.includes(kind);
    const open = stale && this.usable ? this.usable : this.open;
    const forms: Readonly<Record<ActionKind, () => TemplateResult>> = {
      documentAsked: () => html`<ask-document-form ?stale=${stale} .open=${open} .chosen=${chosen}></ask-document-form>`,
      documentProvided: () => html`<receive-documents-form ?stale=${stale} .open=${open} .chosen=${chosen}></receive-documents-form>`,
      documentJudged: () => html`<judge-document-form ?stale=${stale} .open=${open} .chosen=${chosen}></judge-document-form>`,
      reviewed: () => html`<review-form ?stale=${stale} .open=${open}></review-form>`,
      assessed: () => html`<inspection-form ?stale=${stale} .open=${open}></inspection-form>`,
      factRecorded: () => html`<fact-form ?stale=${stale} .open=${open}></fact-form>`,
      decided: () => html`<decision-form ?stale=${stale} .open=${open}></decision-form>`,
      partPaid: () => html`<payment-form ?stale=${stale} .open=${open}></payment-form>`,
      incidentSettled: () => html`<incident-form ?stale=${stale} .open=${open} .chosen=${chosen}></incident-form>`,
      withdrawn: () => html`<withdrawal-form ?stale=${stale} .open=${open}></withdrawal-form>`,
      noteAdded: () => html`<note-form ?stale=${stale} .open=${open}></note-form>`,
    };
    return forms[kind]();
  }
}
