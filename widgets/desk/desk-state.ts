import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Role } from '#definitions/types/programme.js';
import type { StaffGrant, StaffSession } from '#definitions/types/wire.js';
import { callApi } from './api-call.js';
import type { ApiAnswer, ApiRequest } from './api-call.js';
import type { DeskLanguage } from './desk-language.js';
import { DESK_PATHS } from './desk-paths.js';
import { mayOpen, placeFor } from './desk-places.js';
import { parseRoute, routeHash } from './desk-route.js';
import type { DeskRoute } from './desk-route.js';

/** `asking`: not known yet; `away`: the engine does not answer; `ended`: it was open and is no more, nothing typed is thrown away. */
export type SessionStage = 'asking' | 'signedOut' | 'signedIn' | 'ended' | 'away';

const LANGUAGE_KEY = 'diktyo-desk-language';
const SHORTCUTS_KEY = 'diktyo-desk-shortcuts';
const MUNICIPALITY_KEY = 'diktyo-desk-municipality';

/** What every page of the desk shares. Nothing personal is kept beyond the life of the page. */
export class DeskState extends EventTarget {
  language: DeskLanguage = remembered(LANGUAGE_KEY) === 'en' ? 'en' : 'el';
  shortcuts = remembered(SHORTCUTS_KEY) !== 'off';
  stage: SessionStage = 'asking';
  session: StaffSession | null = null;
  municipality = '';
  route: DeskRoute = parseRoute(globalThis.location?.hash ?? '');
  /** The last search, in memory only. */
  searchText = '';

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  chooseLanguage(language: DeskLanguage): void {
    this.language = language;
    remember(LANGUAGE_KEY, language);
    document.documentElement.lang = language;
    this.changed();
  }

  chooseShortcuts(on: boolean): void {
    this.shortcuts = on;
    remember(SHORTCUTS_KEY, on ? 'on' : 'off');
    this.changed();
  }

  chooseMunicipality(code: string): void {
    this.municipality = code;
    remember(MUNICIPALITY_KEY, code);
    if (this.route.page === 'case' && this.route.municipality !== code) this.open({ page: 'queue', scope: 'mine' });
    this.#settleRoute();
    this.changed();
  }

  open(route: DeskRoute): void {
    const hash = routeHash(route);
    if (location.hash === hash) this.followAddress();
    else location.hash = hash;
  }

  followAddress(): void {
    this.route = parseRoute(location.hash);
    if (this.route.page === 'case' && this.grantsIn(this.route.municipality).length > 0) this.municipality = this.route.municipality;
    this.#settleRoute();
    this.changed();
  }

  /** Whether the roles held here lead to a page; the engine asks again. */
  may(page: DeskRoute['page']): boolean {
    return mayOpen(page, this.rolesIn(this.municipality));
  }

  rolesIn(municipality: string): readonly Role[] {
    return this.grantsIn(municipality).map((grant) => grant.role);
  }

  grantsIn(municipality: string): readonly StaffGrant[] {
    return this.session?.grants.filter((grant) => grant.municipality === municipality) ?? [];
  }

  /** One grant per municipality, in the order of the session. */
  get municipalities(): readonly StaffGrant[] {
    const seen = new Map(this.session?.grants.toReversed().map((grant) => [grant.municipality, grant]));
    return [...seen.values()].toReversed();
  }

  async loadSession(): Promise<void> {
    const answer = await callApi<StaffSession>({ path: DESK_PATHS.session });
    if (answer.kind === 'value') {
      // Nothing that one person typed may be sent in another's name.
      if (this.session !== null && this.session.account !== answer.value.account) this.#forgetPerson();
      this.session = answer.value;
      this.stage = 'signedIn';
      this.#settleMunicipality();
      this.#settleRoute();
    } else if (answer.kind === 'problem' && answer.status === 401) {
      this.stage = this.session ? 'ended' : 'signedOut';
    } else if (!this.session) {
      this.stage = 'away';
    }
    this.changed();
  }

  /** False when the engine could not be told: then the session is still open, and the desk must not look otherwise. */
  async signOut(): Promise<boolean> {
    const answer = await this.call({ method: 'POST', path: DESK_PATHS.logout, body: {} });
    const isOver = answer.kind === 'value' || (answer.kind === 'problem' && answer.status === 401);
    if (!isOver) return false;
    this.session = null;
    this.#forgetPerson();
    this.stage = 'signedOut';
    this.open({ page: 'queue', scope: 'mine' });
    return true;
  }

  /** A call on behalf of the session: writes carry its token, a 401 tells the whole desk. */
  async call<Value>(request: ApiRequest): Promise<ApiAnswer<Value>> {
    const writes = request.method === 'POST' || request.method === 'PUT';
    const answer = await callApi<Value>(writes && this.session ? { ...request, csrfToken: this.session.csrfToken } : request);
    if (answer.kind === 'problem' && answer.status === 401 && this.stage === 'signedIn') {
      this.stage = 'ended';
      this.changed();
    }
    return answer;
  }

  #forgetPerson(): void {
    this.searchText = '';
    this.dispatchEvent(new Event('forget'));
  }

  /** A case of a municipality where one is nobody keeps its address: the engine says no, and says why. */
  #settleRoute(): void {
    const route = placeFor(this.route, this.rolesIn(this.route.page === 'case' ? this.route.municipality : this.municipality));
    if (route === this.route) return;
    this.route = route;
    history.replaceState(null, '', routeHash(route));
  }

  #settleMunicipality(): void {
    const wanted = this.route.page === 'case' ? this.route.municipality : this.municipality || remembered(MUNICIPALITY_KEY) || '';
    const first = this.municipalities[0]?.municipality ?? '';
    this.municipality = this.grantsIn(wanted).length > 0 ? wanted : first;
  }
}

export const deskState = new DeskState();

/** Renders its element again whenever the shared state changes. */
export class DeskStateController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onChange = (): void => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    deskState.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    deskState.removeEventListener('change', this.#onChange);
  }
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Settings of the screen only; a browser that keeps nothing is no reason to stop. */
function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}
