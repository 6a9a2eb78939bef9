import { base } from './base.styles.js';
import { placeBefore } from './template.js';

/**
 * Every element of the widgets extends this: same clothes, open root (tests and assistive tools look inside), rendered
 * when something watched has changed.
 */
export abstract class DiktyoElement extends HTMLElement {
  static styles = base;
  /** Properties whose change renders the element again. */
  static watched: readonly string[] = [];

  readonly renderRoot = this.attachShadow({ mode: 'open' });
  readonly values: Record<string, unknown> = {};
  readonly #put = placeBefore(this.renderRoot.appendChild(document.createComment('')));
  #rendering: Promise<void> | undefined;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync((this.constructor as typeof DiktyoElement).styles);
    this.renderRoot.adoptedStyleSheets = [sheet];
  }

  abstract render(): unknown;

  connectedCallback(): void {
    this.requestUpdate();
  }

  /** Renders soon, once for all that changes meanwhile. */
  requestUpdate(): void {
    if (this.isConnected) this.#rendering ??= this.#renderSoon();
  }

  /** After the rendering that is under way. */
  get updateComplete(): Promise<void> {
    return this.#rendering ?? Promise.resolve();
  }

  async #renderSoon(): Promise<void> {
    await null;
    this.#rendering = undefined;
    if (this.isConnected) this.#put(this.render());
  }
}

/** A page may load the script twice, or come back from the back/forward cache. */
export function define(tag: string, element: typeof DiktyoElement): void {
  if (customElements.get(tag) !== undefined) return;
  for (const name of element.watched) {
    Object.defineProperty(element.prototype, name, {
      get(this: DiktyoElement) {
        return this.values[name];
      },
      set(this: DiktyoElement, value: unknown) {
        if (this.values[name] === value) return;
        this.values[name] = value;
        this.requestUpdate();
      },
    });
  }
  customElements.define(tag, element as unknown as CustomElementConstructor);
}
