import { html } from '#widgets/elements/template.js';
import type { CreateDraft, DraftView, ProgrammeView, ReceiptView } from '#definitions/types/wire.js';
import type { Language } from '#forms/findings/tell.js';
import type { AskedPage } from '#forms/pages/pages.js';
import type { Reply } from '#widgets/client/engine-client.js';
import type { FileSender } from '#widgets/client/file-sender.js';
import { tellProblem } from '#widgets/client/problems.js';
import { todayInAthens } from '#widgets/client/today.js';
import { define } from '#widgets/elements/base-element.js';
import type { ErrorSummary } from '#widgets/elements/error-summary.js';
import '#widgets/elements/notice.js';
import { WidgetElement } from '#widgets/elements/widget-element.js';
import type { OwnTexts } from '#widgets/texts/texts.js';
import { widgetStyles } from '#widgets/elements/widget.styles.js';
import type { Surroundings } from '#widgets/fields/field-element.js';
import type { FieldNodes, Messages } from '#widgets/fields/field-nodes.js';
import type { Application } from './application.js';
import { applyStyles } from './apply.styles.js';
import type { Draft, SaveOutcome } from './draft.js';
import type { Applying } from './applying.js';
import type * as FillingModule from './filling.js';
import { openProgramme } from './opened-programme.js';
import type { OpenedProgramme } from './opened-programme.js';
import type { Place } from './places.js';
import { Places } from './places.js';
import type { ApplyTexts } from './texts/el.js';
import type * as SavedModule from './views/saved.js';
import { renderStart } from './views/start.js';

type Filling = typeof FillingModule;

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
  static override styles = [
    ...WidgetElement.styles,
    widgetStyles,
    applyStyles,
  ];

  static override attributes = [...WidgetElement.attributes, 'programme'];
  static override watched = [...WidgetElement.watched, 'opened', 'application', 'place', 'errors', 'notice', 'receipt', 'saving', 'isByRelative'];

  /** Identifier of the programme. */
  declare programme: string;

  opened?: OpenedProgramme;
  application?: Application;
  place: Place = { view: 'loading' };
  errors: Messages = {};
  notice = '';
  receipt?: ReceiptView;
  saving: SaveOutcome | 'saving' | 'none' = 'none';
  isByRelative = false;
  fromCheck = false;
  /** Ids of what a version that came meanwhile asks anew. */
  newQuestions: readonly string[] = [];
  draft!: Draft;
  uploads!: FileSender;

  nodes!: FieldNodes;
  #filling?: Filling;
  #keeping: typeof SavedModule | undefined;
  #isFilled: Promise<boolean> | undefined;
  readonly #places = new Places((place) => this.#arrive(place));
  #isDirty = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#places.listen();
    addEventListener('beforeunload', this.#onLeave);
  }

  disconnectedCallback(): void {
    this.#places.silence();
    removeEventListener('beforeunload', this.#onLeave);
  }

  override render(): unknown {
    if (this.texts === undefined) return html`<slot></slot>`;
    return html`<div class="view" aria-busy=${this.place.view === 'loading'}>${this.#renderView()}</div>`;
  }

  protected override loadTexts(language: Language): Promise<{ readonly texts: OwnTexts<ApplyTexts> }> {
    return language === 'el' ? import('./texts/el.js') : import('./texts/en.js');
  }

  protected override async begin(): Promise<void> {
    this.notice = '';
    const path = `/api/v1/municipalities/${encodeURIComponent(this.municipality)}/programmes/${encodeURIComponent(this.programme)}`;
    const reply = await this.client.call<ProgrammeView>({ path, patienceMs: 20_000 });
    if (!reply.ok) return this.#stop(reply);
    this.opened = openProgramme(reply.value);
    this.#places.go({ view: 'start' }, { isFirst: true });
    this.emit('ready');
    void this.fill();
  }

  /** Everything beyond the start page, once; again after a failure. */
  fill(): Promise<boolean> {
    this.#isFilled ??= this.#fill().catch(() => {
      this.#isFilled = undefined;
      return false;
    });
    return this.#isFilled;
  }

  async #fill(): Promise<boolean> {
    const { opened, texts } = this;
    if (opened === undefined || texts === undefined) return false;
    const filling = (this.#filling = await import('./filling.js'));
    const application = new filling.Application(opened);
    await filling.loadRest(opened.programme, texts.shared.form);
    this.nodes ??= new filling.FieldNodes();
    this.draft ??= new filling.Draft(this.client, this.municipality);
    this.uploads ??= filling.createUploads({
      client: this.client,
      draft: this.draft,
      content: () => (this.application === undefined ? null : this.#contentOf(this.application)),
      typed: () => this.application?.typed ?? {},
      set: (id, value) => this.set(id, value),
      tell: (reply) => this.#tellReply(reply),
      changed: () => this.requestUpdate(),
    });
    const typed = this.application?.typed;
    if (typed !== undefined) application.restore(typed);
    this.application = application;
    return true;
  }

  // What the views call. --------------------------------------------------------------------------------------------

  /** «Δήμος Μαραθώνος»: the register holds the name as it follows «Δήμος». */
  get municipalityTitle(): string {
    return this.opened === undefined ? '' : this.tell('municipality', { name: this.readWire(this.opened.municipalityName) });
  }

  get asked(): AskedPage | undefined {
    const { place } = this;
    return place.view === 'page' ? this.application?.pages.find(({ page }) => page.id === place.pageId) : undefined;
  }

  get surroundings(): Surroundings {
    const { application } = this;
    const filling = this.#filling;
    const texts = this.texts?.shared;
    if (application === undefined || texts === undefined || filling === undefined) throw new Error('no application is open');
    return {
      texts,
      hidden: filling.unaskedIn(application.programme, application.answers, todayInAthens()),
      documentOf: (question) => filling.documentOf(application.programme, question),
      uploads: this.uploads,
      check: (pointer) => filling.messagesUnder(this.asked === undefined ? {} : application.checkPage(this.asked, texts.form), pointer),
    };
  }

  set(id: string, value: unknown): void {
    this.application?.set(id, value);
    this.#isDirty = true;
    this.requestUpdate();
  }

  go(place: Place): void {
    this.#places.go(place);
  }

  async start(): Promise<void> {
    if (!(await this.#isReady())) return;
    const first = this.fromCheck ? this.#firstUnfinished() : (this.application?.pages[0]?.page.id ?? null);
    this.emit('started');
    this.go(first === null ? { view: 'check' } : { view: 'page', pageId: first });
  }

  async startResuming(): Promise<void> {
    if ((await this.#isReady()) && (await this.#loadKeeping())) this.go({ view: 'resume' });
  }

  async #isReady(): Promise<boolean> {
    this.notice = '';
    const isFilled = await this.fill();
    if (!isFilled) this.notice = this.say('failed');
    return isFilled;
  }

  back(): void {
    const { place, application } = this;
    const before = place.view === 'page' ? application?.neighbour(place.pageId, -1) : application?.pages.at(-1)?.page.id;
    this.go(place.view === 'saved' && this.#beforeSaving !== null ? this.#beforeSaving : before ? { view: 'page', pageId: before } : { view: 'start' });
  }

  /** Continue: this page is judged, saved when there is a draft, and left. */
  async next(): Promise<void> {
    const { application, asked, texts } = this;
    if (application === undefined || asked === undefined || texts === undefined) return;
    this.errors = application.checkPage(asked, texts.shared.form);
    if (Object.keys(this.errors).length > 0) return this.#focusErrors();
    if (this.draft.current !== undefined) void this.#save();
    const after = this.fromCheck ? this.#firstUnfinished() : application.neighbour(asked.page.id, 1);
    this.go(after === null ? { view: 'check' } : { view: 'page', pageId: after });
  }

  /** From check-your-answers to the page that asks for it; "continue" leads back. */
  async changeAnswer(pointer: string): Promise<void> {
    const pageId = this.application?.pageOf(pointer);
    if (pageId === null || pageId === undefined) return;
    this.fromCheck = true;
    this.go({ view: 'page', pageId });
    await this.focusField(pointer);
  }

  /** From check-your-answers to the start page, and straight back. */
  changeApplicant(): void {
    this.fromCheck = true;
    this.go({ view: 'start' });
  }

  async focusField(pointer: string): Promise<void> {
    await this.updateComplete;
    await this.nodes.focus(pointer);
  }

  async saveForLater(): Promise<void> {
    this.saving = 'saving';
    this.#beforeSaving = this.place;
    this.saving = await this.#save();
    if (this.saving !== 'saved') return;
    if (await this.#loadKeeping()) this.go({ view: 'saved' });
    else this.saving = 'failed';
  }

  async #loadKeeping(): Promise<boolean> {
    try {
      this.#keeping = await this.#filling?.loadKeeping(this.language, this.texts?.own ?? {});
      return this.#keeping !== undefined;
    } catch {
      this.notice = this.say('failed');
      return false;
    }
  }

  #beforeSaving: Place | null = null;

  async resume(code: string): Promise<string> {
    if (code.trim() === '') return this.tell('resumeMissing');
    const reply = await this.draft.resume(code.trim().slice(0, 200));
    if (!reply.ok) return reply.status === 401 || reply.status === 404 ? this.tell('resumeUnknown') : this.#tellReply(reply);
    await this.#continueWith(reply.value);
    return '';
  }

  async submit(): Promise<void> {
    const { application, texts } = this;
    if (application === undefined || texts === undefined) return;
    this.notice = '';
    if (application.sending === 'idle') {
      if (this.uploads.isBusy) {
        this.notice = this.tell('uploadsBusy');
        return;
      }
      const errors = application.checkAll(texts.shared.form);
      const [first] = Object.keys(errors);
      if (first !== undefined) return this.#showErrors(errors, first);
    }
    const { client, municipality, language } = this;
    application.isByRelative = this.isByRelative;
    const reply = await application.submit({ client, municipality, language, draft: this.draft.current, changed: () => this.requestUpdate() });
    if (reply === null) return;
    if (reply.ok) return this.#finish(reply.value);
    await this.#refuse(reply);
  }

  async switchTo(language: Language): Promise<void> {
    await this.speak(language);
    this.errors = {};
    // What was loaded for this form and this person, in the other language too.
    const { texts, opened } = this;
    if (opened !== undefined && texts !== undefined) await this.#filling?.loadRest(opened.programme, texts.shared.form);
    if (this.#keeping !== undefined) await this.#loadKeeping();
    this.requestUpdate();
  }

  // ------------------------------------------------------------------------------------------------------------------

  #renderView(): unknown {
    const { view } = this.place;
    if (view === 'loading') return html`<dk-notice tone="wait">${this.say('loading')}</dk-notice>`;
    if (view === 'stopped') return this.#renderStopped();
    const filling = this.#filling;
    if (view === 'start' || filling === undefined) return renderStart(this);
    const render = { resume: this.#keeping?.renderResume, saved: this.#keeping?.renderSaved, changed: this.#keeping?.renderChanged, page: filling.renderPage, check: filling.renderCheck, receipt: filling.renderReceipt }[view];
    return (render ?? renderStart)(this);
  }

  #renderStopped(): unknown {
    return html`<dk-notice tone="bad">${this.notice}</dk-notice>
      <button type="button" class="button second" @click=${() => void this.begin()}>${this.say('tryAgain')}</button>
      <slot></slot>`;
  }

  #arrive(place: Place): void {
    // While the outcome of a submission is open, nothing can be edited: what was sent is what is sent again.
    if (this.application !== undefined && this.application.sending !== 'idle' && place.view !== 'check' && place.view !== 'receipt') return this.go({ view: 'check' });
    const isFirst = this.place.view === 'loading' || this.place.view === 'stopped';
    if (place.view === 'check') this.fromCheck = false;
    if (place.view !== 'page' || this.place.view !== 'page' || place.pageId !== this.place.pageId) this.nodes?.clear();
    this.place = place;
    this.errors = {};
    this.notice = '';
    if (!isFirst) void this.focusTop();
    if (place.view !== 'page') return;
    const pages = this.application?.pages ?? [];
    this.emit('step', { page: place.pageId, number: pages.findIndex(({ page }) => page.id === place.pageId) + 1, count: pages.length });
  }

  #firstUnfinished(): string | null {
    return (this.texts && this.application?.firstUnfinished(this.texts.shared.form)) ?? null;
  }

  async #focusErrors(): Promise<void> {
    this.emit('error', { code: 'answersInvalid' });
    await this.updateComplete;
    await this.renderRoot.querySelector<ErrorSummary>('dk-error-summary')?.focusBox();
  }

  #showErrors(errors: Messages, first: string): Promise<void> {
    const pageId = this.application?.pageOf(first);
    if (pageId !== null && pageId !== undefined) {
      this.fromCheck = true;
      this.go({ view: 'page', pageId });
    }
    this.errors = errors;
    return this.#focusErrors();
  }

  async #continueWith(draft: DraftView): Promise<void> {
    if ((draft.change ?? draft).hash !== this.application?.hash) await this.#renew();
    this.application?.restore(draft.answers);
    this.isByRelative = draft.onBehalf === 'relative';
    this.uploads.know(draft.documents);
    this.newQuestions = draft.change?.questions ?? [];
    if (this.newQuestions.length > 0) return this.go({ view: 'changed' });
    const unfinished = this.#firstUnfinished();
    this.go(unfinished === null ? { view: 'check' } : { view: 'page', pageId: unfinished });
  }

  /** What a draft keeps: answers to what this version asks, and for whom they are. */
  #contentOf({ hash, answers }: Application): CreateDraft {
    return { programme: this.programme, hash, answers: { ...answers }, onBehalf: this.isByRelative ? 'relative' : 'self' };
  }

  async #save(): Promise<SaveOutcome> {
    const { application } = this;
    if (application === undefined) return 'failed';
    const outcome = await this.draft.save(this.#contentOf(application));
    if (outcome === 'saved') {
      this.#isDirty = false;
      this.emit('saved');
    }
    this.saving = outcome;
    return outcome;
  }

  #finish(receipt: ReceiptView): void {
    this.receipt = receipt;
    this.#isDirty = false;
    this.go({ view: 'receipt' });
    this.emit('submitted', { reference: receipt.protocolNumber });
  }

  async #refuse(reply: Reply<ReceiptView> & { readonly ok: false }): Promise<void> {
    this.emit('error', { code: reply.problem?.code ?? 'unreachable' });
    const { application, language } = this;
    if (application === undefined || this.#filling === undefined || application.sending === 'unknown') return;
    const refusal = this.#filling.judgeRefusal(reply, { language, pageOf: (pointer) => application.pageOf(pointer) });
    if (refusal.kind === 'newVersion') return this.#askAnew(refusal.asked);
    if (refusal.kind === 'answers') return this.#showErrors(refusal.errors, refusal.first);
    this.notice = refusal.kind === 'alreadyFiled' ? this.tell('alreadyFiled') : this.#tellReply(reply);
  }

  /** A version came meanwhile: what it asks anew is asked, everything else stays as typed. */
  async #askAnew(asked: readonly string[]): Promise<void> {
    await this.#renew();
    // What must be said anew, a declaration in other words, is not said yet.
    for (const id of asked) this.set(id, undefined);
    this.newQuestions = asked;
    if (asked.length > 0 && (await this.#loadKeeping())) return this.go({ view: 'changed' });
    this.go({ view: 'check' });
    this.notice = this.tell('stale');
  }

  /** The version in force now, with everything that was typed. */
  async #renew(): Promise<void> {
    this.#isFilled = undefined;
    await this.begin();
    await this.fill();
  }

  #stop(reply: Reply<unknown>): void {
    this.notice = !reply.ok && reply.status === 404 ? this.tell('notFound') : this.#tellReply(reply);
    this.place = { view: 'stopped' };
    this.emit('error', { code: (!reply.ok && reply.problem?.code) || 'unreachable' });
  }

  #tellReply(reply: Reply<unknown>): string {
    if (reply.ok || reply.problem === undefined) return this.say('failed');
    return tellProblem(reply.problem, this.language);
  }

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (this.#isDirty || this.application?.sending === 'checking') event.preventDefault();
  };
}

define('diktyo-apply', DiktyoApply);
