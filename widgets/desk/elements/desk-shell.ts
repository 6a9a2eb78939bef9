import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../pages/case-page.js';
import '../pages/filing-page.js';
import '../pages/incidents-page.js';
import '../pages/queue-page.js';
import '../pages/search-page.js';
import './desk-header.js';
import './shortcut-help.js';
import { forgetTyped, hasUnsent } from '../case-sendings.js';
import { DeskElement } from '../desk-element.js';
import { DESK_PATHS } from '../desk-paths.js';
import type { DeskRoute } from '../desk-route.js';
import { forgetFiling, isFiling } from '../filing.js';
import { forgetQueuePlaces } from '../queue-places.js';
import { ShortcutReader } from '../shortcuts.js';
import type { Shortcut } from '../shortcuts.js';
import { controls, tokens } from '../styles/controls.js';
import { shellStyles } from '../styles/shell.js';
import type { DeskHeader } from './desk-header.js';
import type { ShortcutHelp } from './shortcut-help.js';

/** What a page may answer to; pages without a list or actions leave them out. */
interface DeskPage extends HTMLElement {
  walk?(step: 1 | -1): void;
  claimCurrent?(): void;
  focusActions?(): void;
}

const RETURN_KEY = 'diktyo-desk-return';

/** The staff application: signed in or not, the header, the page that the address names. */
@customElement('diktyo-desk')
export class DeskShell extends DeskElement {
  static override styles = [tokens, controls, shellStyles];

  @query('desk-header') private header!: DeskHeader | null;
  @query('shortcut-help') private help!: ShortcutHelp | null;
  @query('main') private main!: HTMLElement | null;
  @state() private signOutFailed = false;
  @state() private otherPerson = false;
  private readonly reader = new ShortcutReader();

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onAddress);
    document.addEventListener('visibilitychange', this.onVisible);
    document.addEventListener('keydown', this.onKey);
    window.addEventListener('beforeunload', this.onLeaving);
    this.desk.addEventListener('forget', this.onForget);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.onAddress);
    document.removeEventListener('visibilitychange', this.onVisible);
    document.removeEventListener('keydown', this.onKey);
    window.removeEventListener('beforeunload', this.onLeaving);
    this.desk.removeEventListener('forget', this.onForget);
  }

  private async begin(): Promise<void> {
    await this.desk.loadSession();
    const back = sessionStorage.getItem(RETURN_KEY);
    if (this.desk.stage === 'signedIn' && back !== null) {
      sessionStorage.removeItem(RETURN_KEY);
      location.replace(back);
    }
  }

  private readonly onAddress = (): void => {
    this.desk.followAddress();
    void this.updateComplete.then(() => this.main?.focus({ preventScroll: true }));
    window.scrollTo(0, 0);
  };

  private readonly onLeaving = (event: BeforeUnloadEvent): void => {
    if (hasUnsent() || isFiling()) event.preventDefault();
  };

  private readonly onVisible = (): void => {
    if (document.visibilityState === 'visible' && this.desk.stage !== 'signedIn') void this.desk.loadSession();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.desk.stage === 'signedOut' || !this.desk.shortcuts) return;
    const shortcut = this.reader.read(event);
    if (shortcut === null) return;
    event.preventDefault();
    this.obey(shortcut);
  };

  private obey(shortcut: Shortcut): void {
    const page = this.main?.querySelector<DeskPage>('[data-page]');
    const doings: Readonly<Record<Shortcut, () => void>> = {
      search: () => this.header?.focusSearch(),
      help: () => this.help?.open(),
      down: () => page?.walk?.(1),
      up: () => page?.walk?.(-1),
      claim: () => page?.claimCurrent?.(),
      act: () => page?.focusActions?.(),
      queue: () => this.goTo({ page: 'queue', scope: 'mine' }),
      all: () => this.goTo({ page: 'queue', scope: 'all' }),
      incidents: () => this.goTo({ page: 'incidents' }),
      filing: () => this.goTo({ page: 'filing' }),
    };
    doings[shortcut]();
  }

  /** A key for a page that is not in this reader's menu does nothing. */
  private goTo(route: DeskRoute): void {
    if (this.desk.may(route.page)) this.desk.open(route);
  }

  protected override updated(): void {
    document.title = `${this.pageTitle()} · ${this.say('appName')}`;
  }

  private pageTitle(): string {
    const { route, stage } = this.desk;
    if (stage === 'signedOut' || stage === 'asking' || stage === 'away') return this.say('signIn');
    if (route.page === 'queue') return this.say(route.scope === 'mine' ? 'navMine' : 'navAll');
    return this.say(({ search: 'navSearch', case: 'caseTitle', incidents: 'navIncidents', filing: 'navFiling' } as const)[route.page]);
  }

  override render(): TemplateResult {
    const { stage } = this.desk;
    return html`
      ${this.desk.session?.demo ? html`<section class="demo" aria-label=${this.say('demoLabel')}>${this.say('demoBanner')}</section>` : nothing}
      ${stage === 'signedIn' || stage === 'ended' ? this.renderDesk() : this.renderDoor()}
    `;
  }

  private renderDesk(): TemplateResult {
    return html`
      <button class="skip" @click=${() => this.main?.focus()}>${this.say('skipToContent')}</button>
      <desk-header @help=${() => this.help?.open()} @leave=${this.onSignOut}></desk-header>
      ${this.desk.stage === 'ended' ? this.renderEnded() : nothing}
      ${this.signOutFailed ? html`<div class="ended" role="alert"><p>${this.say('signOutFailed')}</p></div>` : nothing}
      ${this.otherPerson ? html`<div class="ended" role="alert"><p>${this.say('otherPerson')}</p><button @click=${() => (this.otherPerson = false)}>${this.say('close')}</button></div>` : nothing}
      <main tabindex="-1">${this.renderPage(this.desk.route)}</main>
      <shortcut-help></shortcut-help>
    `;
  }

  private readonly onSignOut = async (): Promise<void> => {
    if ((hasUnsent() || isFiling()) && !window.confirm(this.say('signOutSure'))) return;
    this.signOutFailed = !(await this.desk.signOut());
  };

  private readonly onForget = (): void => {
    this.otherPerson = this.desk.stage === 'ended' && (hasUnsent() || isFiling());
    forgetTyped();
    forgetFiling();
    forgetQueuePlaces();
    if (this.desk.stage === 'ended') this.desk.open({ page: 'queue', scope: 'mine' });
  };

  private renderPage(route: DeskRoute): TemplateResult {
    if (route.page === 'queue') return html`<queue-page data-page .scope=${route.scope} .municipality=${this.desk.municipality}></queue-page>`;
    if (route.page === 'search') return html`<search-page data-page .municipality=${this.desk.municipality}></search-page>`;
    if (route.page === 'incidents') return html`<incidents-page data-page .municipality=${this.desk.municipality} .incident=${route.incident}></incidents-page>`;
    if (route.page === 'filing') return html`<filing-page data-page .municipality=${this.desk.municipality}></filing-page>`;
    return html`<case-page data-page .municipality=${route.municipality} .caseId=${route.caseId}></case-page>`;
  }

  private renderEnded(): TemplateResult {
    return html`<div class="ended" role="alert">
      <p>${this.say('sessionEnded')}</p>
      <div class="row">
        <a href=${DESK_PATHS.login} target="_blank" rel="noopener">${this.say('signInNewTab')}</a>
        <button @click=${() => void this.desk.loadSession()}>${this.say('signedInAgain')}</button>
      </div>
    </div>`;
  }

  private renderDoor(): TemplateResult {
    const { stage } = this.desk;
    return html`<main class="door" tabindex="-1">
      <div class="card stack">
        <p class="brand"><span class="knot" aria-hidden="true"></span>${this.say('appName')}</p>
        <h1>${this.say('signIn')}</h1>
        ${stage === 'asking' ? html`<p role="status">${this.say('loading')}</p>` : nothing}
        ${stage === 'away'
          ? html`<p class="error" role="alert">${this.say('engineAway')}</p>
              <p><button @click=${() => void this.desk.loadSession()}>${this.say('tryAgain')}</button></p>`
          : nothing}
        ${stage === 'signedOut'
          ? html`<p>${this.say('signInIntro')}</p>
              <a class="button" href=${DESK_PATHS.login} @click=${this.rememberAddress}>${this.say('signInLink')}</a>`
          : nothing}
        <p><button class="quiet" lang=${this.desk.language === 'el' ? 'en' : 'el'} @click=${() => this.desk.chooseLanguage(this.desk.language === 'el' ? 'en' : 'el')}>
          ${this.say('otherLanguage')}</button></p>
      </div>
    </main>`;
  }

  /** The address holds page and case id only, so it may wait in the tab's own storage during the sign-in. */
  private rememberAddress(): void {
    if (location.hash.length > 2) sessionStorage.setItem(RETURN_KEY, location.hash);
  }
}
