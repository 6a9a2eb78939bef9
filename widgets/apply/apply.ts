import { html } from '#widgets/elements/template.js';
import type { DocumentKind, Question } from '#definitions/types/programme.js';
import type { ProgrammeView, ReceiptView } from '#definitions/types/wire.js';
import { documentOf } from '#forms/answers/check.js';
import type { Language } from '#forms/findings/tell.js';
import type { AskedPage } from '#forms/pages/pages.js';
import { progressOf } from '#forms/pages/pages.js';
import { unaskedIn } from '#forms/pages/prepared.js';
import type { Refused } from '#widgets/client/engine-client.js';
import { isUnsettled } from '#widgets/client/engine-client.js';
import { newKey } from '#widgets/client/engine-client.js';
import { FileSender } from '#widgets/client/file-sender.js';
import { todayInAthens } from '#widgets/client/today.js';
import { define } from '#widgets/elements/base-element.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import { renderNotice } from '#widgets/elements/notice.js';
import { WidgetElement } from '#widgets/elements/widget-element.js';
import type { OwnTexts } from '#widgets/texts/texts.js';
import { widgetStyles } from '#widgets/elements/widget.styles.js';
import { fieldStyles } from '#widgets/fields/field.styles.js';
import { focusOn } from '#widgets/fields/field.js';
import type { FieldStates } from '#widgets/fields/field.js';
import { Application } from './application.js';
import { applyStyles } from './apply.styles.js';
import type { Applying } from './applying.js';
import { Draft } from './draft.js';
import type { Place } from './places.js';
import { markPlace, markedPlace } from './places.js';
import type * as DetoursModule from './detours.js';
import { loadDetours, loadRest } from './seldom.js';
import type { ApplyTexts } from './texts/el.js';
import { renderCheck } from './views/check.js';
import { renderPage } from './views/page.js';
import { renderReceipt } from './views/receipt.js';
import { renderStart } from './views/start.js';

const NOWHERE: Place = { view: 'loading', pageId: '' };

/**
 * @summary An application from start to receipt, on any page of a municipality.
 * @fires diktyo-ready - the start page is shown
 * @fires diktyo-started - the first question is shown
 * @fires diktyo-step - a page is shown; detail: page, number, count
 * @fires diktyo-saved - the draft is on the engine
 * @fires diktyo-submitted - the application is safe; detail: reference (protocol number)
 * @fires diktyo-error - something was refused or nobody answered; detail: code
 */
export class DiktyoApply extends WidgetElement<ApplyTexts> implements Applying {
  static override styles = WidgetElement.styles + fieldStyles + widgetStyles + applyStyles;
  static override watched = [...WidgetElement.watched, 'place', 'errors', 'notice', 'isSaving', 'unsaved'];

  // There from the start page on: nothing before it asks for them.
  application!: Application;
  draft!: Draft;
  uploads!: FileSender;
  /** There once it is shown. */
  receipt!: ReceiptView;
  place = NOWHERE;
  errors: Messages = {};
  notice = '';
  isSaving = false;
  unsaved = '';
  newQuestions: readonly string[] = [];
  /** Of the page that is shown. */
  fieldStates: FieldStates = {};
  #detours: typeof DetoursModule | undefined;
  #fromCheck = false;
  #isDirty = false;
  /** Marks what is ours in the history of the session. */
  readonly #mark = newKey();

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of ['popstate', 'beforeunload']) addEventListener(type, this);
  }

  disconnectedCallback(): void {
    for (const type of ['popstate', 'beforeunload']) removeEventListener(type, this);
  }

  /** A step through the history, or away from the page. */
  handleEvent(event: PopStateEvent | BeforeUnloadEvent): void {
    const { view } = this.place;
    if (event instanceof PopStateEvent) {
      const place = markedPlace(event, this.#mark);
      // Nothing leads back into an application that was submitted.
      if (place !== undefined && view !== 'receipt') this.#arrive(place);
    } else if (this.#isDirty || this.application?.sending === 'checking') event.preventDefault();
  }

  override render(): unknown {
    if (this.texts === undefined) return html`<slot></slot>`;
    return html`<div class="view" aria-busy=${this.place.view === 'loading' && this.notice === ''}>${this.#renderView()}</div>`;
  }

  protected override loadTexts(language: Language): Promise<{ readonly texts: OwnTexts<ApplyTexts> }> {
    return language === 'el' ? import('./texts/el.js') : import('./texts/en.js');
  }

  override async begin(): Promise<void> {
    this.notice = '';
    if (!(await this.#load())) return;
    const path = `/api/v1/municipalities/${this.municipality}/drafts`;
    this.draft ??= new Draft(this.client, path);
    this.uploads ??= new FileSender(this, {
      path: `${path}/current/documents`,
      // Files go at once, under a draft that is made for the first of them.
      authorize: async () => {
        const { draft } = this;
        const reply = draft.authorization ? undefined : await draft.save(this.application.content);
        return reply?.ok === false ? reply : { ok: true, value: draft.authorization ?? '' };
      },
      edit: (pointer, change) => this.#typed(() => this.application.edit(pointer, change)),
    });
    this.go('start');
    this.emit('ready');
    // While the start page is read; who presses on waits for it, and is told when it cannot be had.
    void this.#loadRest().catch(() => undefined);
  }

  // What the views call. --------------------------------------------------------------------------------------------

  /** «Δήμος Μαραθώνος»: the register holds the name as it follows «Δήμος». */
  get municipalityTitle(): string {
    return this.tell('municipality', { name: this.read(this.application.municipalityName) });
  }

  get asked(): AskedPage | undefined {
    return this.application.pages.find(({ page }) => page.id === this.place.pageId);
  }

  isAsked(path: string): boolean {
    const { programme, answers } = this.application;
    return !unaskedIn(programme, answers, todayInAthens()).has(path);
  }

  documentOf(question: Question): DocumentKind | undefined {
    return documentOf(this.application.programme, question);
  }

  check(): Messages {
    return this.application.check(this.formTexts);
  }

  set(id: string, value: unknown): void {
    this.#typed(() => this.application.set(id, value));
  }

  go(view: Place['view'], pageId = ''): void {
    const place = { view, pageId };
    markPlace({ widget: this.#mark, place }, { isFirst: this.place === NOWHERE });
    this.#arrive(place);
  }

  goOn(pageId: string | undefined): void {
    this.go(pageId === undefined ? 'check' : 'page', pageId);
  }

  async start(): Promise<void> {
    if (!(await this.#isReady())) return;
    this.emit('started');
    this.goOn(this.#fromCheck ? this.application.firstUnfinished(this.formTexts) : this.application.pages[0]?.page.id);
  }

  async startResuming(): Promise<void> {
    if ((await this.#isReady()) && (await this.#loadDetours())) this.go('resume');
  }

  back(): void {
    const { place, application } = this;
    const before = place.view === 'page' ? application.neighbour(place.pageId, -1) : application.pages.at(-1)?.page.id;
    this.go(before === undefined ? 'start' : 'page', before);
  }

  /** Continue: this page is judged, saved when there is a draft, and left. */
  async next(): Promise<void> {
    const { application, asked, draft, place } = this;
    if (asked === undefined) return;
    application.settle(asked);
    this.errors = application.check(this.formTexts, asked.questions);
    if (Object.keys(this.errors).length > 0) return this.#focusErrors();
    if (draft.kept !== undefined) void this.#save();
    this.goOn(this.#fromCheck ? application.firstUnfinished(this.formTexts) : application.neighbour(place.pageId, 1));
  }

  /** From check-your-answers to the page that asks for it; "continue" leads back. */
  async changeAnswer(pointer: string): Promise<void> {
    const pageId = this.application.pageOf(pointer);
    if (pageId === undefined) return;
    this.#fromCheck = true;
    this.go('page', pageId);
    await this.focusField(pointer);
  }

  /** From check-your-answers to the start page, and straight back. */
  changeApplicant(): void {
    this.#fromCheck = true;
    this.go('start');
  }

  focusField(pointer: string): Promise<void> {
    return focusOn(this, pointer);
  }

  async saveForLater(): Promise<void> {
    this.isSaving = true;
    const { pageId } = this.place;
    if (await this.#save()) {
      if (await this.#loadDetours()) this.go('saved', pageId);
      else this.unsaved = this.notice;
    }
    this.isSaving = false;
  }

  async submit(): Promise<void> {
    const { application } = this;
    const { sending } = application;
    if (sending === 'sending' || sending === 'checking') return;
    this.notice = '';
    if (sending === 'idle') {
      if (this.uploads.isBusy) {
        this.notice = this.tell('uploadsBusy');
        return;
      }
      const errors = application.check(this.formTexts);
      const [first] = Object.keys(errors);
      if (first !== undefined) return this.showErrors(errors, first);
    }
    const reply = await application.submit(this);
    if (!reply.ok) {
      this.#emitError(reply);
      if (!isUnsettled(reply) && (await this.#loadDetours())) await this.#detours?.refuse(this, reply);
      return;
    }
    this.receipt = reply.value;
    this.#isDirty = false;
    this.go('receipt');
    this.emit('submitted', { reference: reply.value.protocolNumber });
  }

  async switchTo(language: Language): Promise<void> {
    await this.speak(language);
    this.errors = {};
    this.unsaved = '';
    // What was loaded for this form and this person, in the other language too.
    if ((await this.#isReady()) && this.#detours !== undefined) await this.#loadDetours();
    this.requestUpdate();
  }

  async open(path?: string): Promise<boolean> {
    return (await this.#load(path)) && this.#isReady();
  }

  showErrors(errors: Messages, first: string): Promise<void> {
    const pageId = this.application.pageOf(first);
    if (pageId !== undefined) {
      this.#fromCheck = true;
      this.go('page', pageId);
    }
    this.errors = errors;
    return this.#focusErrors();
  }

  // ------------------------------------------------------------------------------------------------------------------

  #renderView(): unknown {
    switch (this.place.view) {
      case 'loading':
        if (this.notice === '') return renderNotice(this.say('loading'), 'wait');
        return html`${renderNotice(this.notice, 'bad')}
          <button type="button" class="button second" @click=${() => void this.begin()}>${this.say('tryAgain')}</button>
          <slot></slot>`;
      case 'page':
        return renderPage(this);
      case 'check':
        return renderCheck(this);
      case 'receipt':
        return renderReceipt(this);
      case 'start':
        return renderStart(this);
      default:
        return this.#detours?.renderDetour(this);
    }
  }

  #arrive(place: Place): void {
    const { application } = this;
    const { view, pageId } = place;
    // While the outcome of a submission is open, nothing can be edited: what was sent is what is sent again.
    if (application.sending !== 'idle' && view !== 'check' && view !== 'receipt') return this.go('check');
    const isFirst = this.place === NOWHERE;
    if (view === 'check') this.#fromCheck = false;
    if (view !== 'page' || pageId !== this.place.pageId) this.fieldStates = {};
    this.place = place;
    this.errors = {};
    this.notice = '';
    if (!isFirst) void this.focusTop();
    if (view !== 'page') return;
    this.emit('step', { page: pageId, ...progressOf(application.pages, pageId) });
  }

  /** The version in force now; what was typed before stays. */
  async #load(path = `/api/v1/municipalities/${encodeURIComponent(this.municipality)}/programmes/${encodeURIComponent(this.getAttribute('programme') ?? '')}`): Promise<boolean> {
    const reply = await this.client<ProgrammeView>({ path, patienceMs: 20_000 });
    if (reply.ok) this.application = new Application(reply.value, this.application);
    else {
      this.notice = this.tellReply(reply);
      this.place = NOWHERE;
      this.#emitError(reply);
    }
    return reply.ok;
  }

  #loadRest(): Promise<void> {
    return loadRest(this.application.programme, this.formTexts);
  }

  #isReady(): Promise<boolean> {
    return this.#had(this.#loadRest());
  }

  #loadDetours(): Promise<boolean> {
    return this.#had(loadDetours(this.language, this.texts.own).then((detours) => (this.#detours = detours)));
  }

  /** Was it fetched? When it was not, the person is told. */
  async #had(loading: Promise<unknown>): Promise<boolean> {
    this.notice = '';
    return loading.then(
      () => true,
      () => {
        this.notice = this.say('failed');
        return false;
      },
    );
  }

  #typed(change: () => void): void {
    change();
    this.#isDirty = true;
    this.requestUpdate();
  }

  async #focusErrors(): Promise<void> {
    this.emit('error', { code: 'answersInvalid' });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#errors')?.focus();
  }

  async #save(): Promise<boolean> {
    const reply = await this.draft.save(this.application.content);
    this.unsaved = reply.ok ? '' : isUnsettled(reply) ? this.tell('savedFailed') : this.tellReply(reply);
    if (reply.ok) {
      this.#isDirty = false;
      this.emit('saved');
    }
    return reply.ok;
  }

  #emitError({ problem }: Refused): void {
    this.emit('error', { code: problem?.code ?? 'unreachable' });
  }
}

define('diktyo-apply', DiktyoApply);
