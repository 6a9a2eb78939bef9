import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { DeskElement } from '../desk-element.js';
import { PLACES } from '../desk-places.js';
import type { Place } from '../desk-places.js';
import { routeHash } from '../desk-route.js';
import type { DeskRoute } from '../desk-route.js';
import { controls } from '../styles/controls.js';

/** Where am I, who am I, where can I go, and the search that is always at hand. Fires `help` and `leave`. */
@customElement('desk-header')
export class DeskHeader extends DeskElement {
  static override styles = [
    controls,
    css`
      header { background: var(--desk-surface); border-bottom: 1px solid var(--desk-line); box-shadow: 0 1px 3px rgb(10 40 70 / 6%); }
      .top, .under { max-width: 90em; margin: 0 auto; padding-inline: clamp(0.75em, 2.2vw, 2em); }
      .top { display: flex; flex-wrap: wrap; gap: 0.5em 1.1em; align-items: center; padding-block: 0.65em 0.45em; }
      .brand { display: flex; align-items: center; gap: 0.5em; font-weight: 700; color: var(--desk-primary-strong); white-space: nowrap; }
      .knot { inline-size: 1.1em; block-size: 1.1em; border-radius: 50%; border: 0.26em solid var(--desk-primary); box-shadow: 0.45em 0 0 -0.16em #e0a100; margin-inline-end: 0.3em; }
      .place { min-width: 0; line-height: 1.25; }
      .place strong { display: block; }
      .place select { min-height: 2.2em; font-weight: 600; inline-size: auto; max-inline-size: min(22em, 100%); }
      .person { display: block; color: var(--desk-muted); font-size: 0.86em; }
      form { display: flex; flex: 1 1 13em; gap: 0.4em; max-width: 26em; margin-inline-start: auto; }
      form input { min-width: 8em; flex: 1; }
      .aids { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.3em; margin-inline-end: -0.5em; font-size: 0.92em; }
      .under { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1em; }
      nav { margin-inline-start: -0.75em; }
      nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 0.3em; }
      nav a { display: block; padding: 0.55em 0.75em; text-decoration: none; color: var(--desk-ink); border-bottom: 3px solid transparent; font-weight: 600; }
      nav a:hover { background: var(--desk-tint); color: var(--desk-primary-strong); }
      nav a[aria-current='page'] { border-bottom-color: var(--desk-primary); color: var(--desk-primary-strong); }
      @media (max-width: 40em) {
        .top { gap: 0.4em 0.5em; padding-block: 0.45em 0.2em; align-items: start; }
        .brand b { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
        .brand { padding-top: 0.1em; }
        .place { flex: 1; }
        form { flex-basis: 100%; max-width: none; }
        form input:not([type='radio']), form button { min-height: 2.2em; padding: 0.2em 0.3em; }
        form button { padding-inline: 0.45em; font-size: 0.9em; }
        /* Its place is kept while there is nothing to clear, and the placeholder is cut. */
        form input:placeholder-shown::-webkit-search-cancel-button { display: none; }
        nav { margin-inline-start: -0.4em; }
        nav ul { gap: 0; }
        nav a { padding: 0.3em 0.4em; font-size: 0.86em; border-bottom-width: 2px; }
        .aids { font-size: 0.86em; margin-inline-start: -0.3em; }
        .aids button { padding: 0 0.3em; min-height: 2.2em; }
      }
    `,
  ];

  @query('#search') private searchInput!: HTMLInputElement | null;

  focusSearch(): void {
    this.searchInput?.focus();
    this.searchInput?.select();
  }

  override render(): TemplateResult {
    return html`<header>
      <div class="top">
        <span class="brand"><span class="knot" aria-hidden="true"></span><b>${this.say('appName')}</b></span>
        ${this.renderPlace()} ${this.desk.may('search') ? this.renderSearch() : nothing}
      </div>
      <div class="under"><nav aria-label=${this.say('navLabel')}>
        <ul>
          ${this.places.map(({ route, text }) => html`<li>
            <a href=${routeHash(route)} aria-current=${this.isCurrent(route) ? 'page' : nothing}>${this.say(text)}</a>
          </li>`)}
        </ul>
      </nav>${this.renderAids()}</div>
    </header>`;
  }

  private get places(): readonly Place[] {
    const held = this.desk.rolesIn(this.desk.municipality);
    return PLACES.filter(({ roles }) => roles.some((role) => held.includes(role)));
  }

  private isCurrent(route: DeskRoute): boolean {
    const { route: now } = this.desk;
    return now.page === route.page && (now.page !== 'queue' || route.page !== 'queue' || now.scope === route.scope);
  }

  private renderPlace(): TemplateResult {
    const { municipalities, municipality } = this.desk;
    const roles = this.desk.rolesIn(municipality).map((role) => this.say(`role_${role}`));
    const grant = municipalities.find((each) => each.municipality === municipality);
    const name = grant ? this.say('municipalityOf', { name: this.read(grant.municipalityName) }) : '';
    return html`<div class="place">
      ${municipalities.length > 1
        ? html`<label class="hidden-visually" for="place">${this.say('municipality')}</label>
            <select id="place" @change=${(event: Event) => this.desk.chooseMunicipality((event.target as HTMLSelectElement).value)}>
              ${municipalities.map((each) => html`<option value=${each.municipality} ?selected=${each.municipality === municipality}>${this.say('municipalityOf', { name: this.read(each.municipalityName) })}</option>`)}
            </select>`
        : html`<strong>${name}</strong>`}
      <span class="person">${this.desk.session?.name} · <span class="hidden-visually">${this.say('roles')}: </span>${roles.join(', ')}</span>
    </div>`;
  }

  private renderSearch(): TemplateResult {
    return html`<form role="search" @submit=${this.onSearch}>
      <label class="hidden-visually" for="search">${this.say('searchLabel')}</label>
      <input id="search" type="search" name="text" autocomplete="off" spellcheck="false" maxlength="200"
        placeholder=${this.say('searchPlaceholder')} aria-keyshortcuts=${this.desk.shortcuts ? '/' : nothing} />
      <button type="submit">${this.say('searchButton')}</button>
    </form>`;
  }

  private onSearch(event: SubmitEvent): void {
    event.preventDefault();
    const text = this.searchInput?.value.trim() ?? '';
    if (text === '') return this.focusSearch();
    this.desk.searchText = text;
    this.desk.open({ page: 'search' });
  }

  private renderAids(): TemplateResult {
    const other = this.desk.language === 'el' ? 'en' : 'el';
    return html`<div class="aids">
      <button class="quiet" lang=${other} @click=${() => this.desk.chooseLanguage(other)}>${this.say('otherLanguage')}</button>
      <button class="quiet" aria-keyshortcuts=${this.desk.shortcuts ? '?' : nothing} @click=${() => this.dispatchEvent(new Event('help'))}>${this.say('help')}</button>
      <button class="quiet" @click=${() => this.dispatchEvent(new Event('leave'))}>${this.say('signOut')}</button>
    </div>`;
  }
}
