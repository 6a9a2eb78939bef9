import { newKey } from '#widgets/client/engine-client.js';

/**
 * The bare key of a submission whose outcome is open: whoever loads the page again meanwhile and fills it in once more
 * submits under the same key, so that it cannot become a second application. Says nothing of the person; gone with the
 * outcome, or with the tab.
 */
export class KeyMark {
  readonly #name: string;

  constructor(name: string) {
    this.#name = `diktyo ${name}`;
  }

  keep(): string {
    try {
      const key = sessionStorage.getItem(this.#name) ?? newKey();
      sessionStorage.setItem(this.#name, key);
      return key;
    } catch {
      // The browser keeps nothing for this page.
      return newKey();
    }
  }

  drop(): void {
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // Nothing was kept.
    }
  }
}
