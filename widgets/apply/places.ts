import { newKey } from '#widgets/client/engine-client.js';

/** Where in the widget the reader is. */
export type Place =
  | { readonly view: 'loading' | 'start' | 'resume' | 'saved' | 'changed' | 'check' | 'receipt' | 'stopped' }
  | { readonly view: 'page'; readonly pageId: string };

interface Mark {
  readonly widget: string;
  readonly place: Place;
}

/**
 * The browser's Back goes one step back in the form instead of leaving it. Entries of the session history are added
 * without touching the address, and what the host keeps in its own state stays beside ours.
 */
export class Places {
  readonly #widget = newKey();
  readonly #show: (place: Place) => void;
  #current: Place = { view: 'loading' };

  constructor(show: (place: Place) => void) {
    this.#show = show;
  }

  get current(): Place {
    return this.#current;
  }

  listen(): void {
    addEventListener('popstate', this.#onPop);
  }

  silence(): void {
    removeEventListener('popstate', this.#onPop);
  }

  go(place: Place, { isFirst = false }: { readonly isFirst?: boolean } = {}): void {
    const mark: Mark = { widget: this.#widget, place };
    const state = { ...(history.state as object | null), diktyo: mark };
    if (isFirst) history.replaceState(state, '');
    else history.pushState(state, '');
    this.#current = place;
    this.#show(place);
  }

  readonly #onPop = (event: PopStateEvent): void => {
    const mark = (event.state as { diktyo?: Mark } | null)?.diktyo;
    // Nothing leads back into an application that was submitted.
    if (mark === undefined || mark.widget !== this.#widget || this.#current.view === 'receipt') return;
    this.#current = mark.place;
    this.#show(mark.place);
  };
}
