import { base } from './base.styles.js';
import type { TemplateResult } from './template.js';
import { Place, html } from './template.js';

/** One sheet for each text, however many elements wear it. */
const SHEETS = new Map<string, CSSStyleSheet>();

function sheetOf(text: string): CSSStyleSheet {
  let sheet = SHEETS.get(text);
  if (sheet === undefined) {
    SHEETS.set(text, (sheet = new CSSStyleSheet()));
    sheet.replaceSync(text);
  }
  return sheet;
}

/**
 * Every element of the widgets extends this: same clothes, open root (tests and assistive tools look inside), rendered
 * when something watched has changed.
 */
export abstract class DiktyoElement extends HTMLElement {
  static styles: readonly string[] = [base];
  /** Properties whose change renders the element again. */
  static watched: readonly string[] = [];
  /** Properties that are attributes of the same name, "" when absent. */
  static attributes: readonly string[] = [];

  readonly renderRoot = this.attachShadow({ mode: 'open' });
  readonly values: Record<string, unknown> = {};
  readonly #place: Place;
  #rendering: Promise<void> | undefined;

  constructor() {
    super();
    this.renderRoot.adoptedStyleSheets = (this.constructor as typeof DiktyoElement).styles.map(sheetOf);
    const end = document.createComment('');
    this.renderRoot.append(end);
    this.#place = new Place(end);
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
    if (this.isConnected) this.#place.put(this.render());
  }
}

/** A page may load the script twice, or come back from the back/forward cache. */
export function define(tag: string, element: typeof DiktyoElement): void {
  if (customElements.get(tag) !== undefined) return;
  const { prototype } = element;
  for (const name of element.watched) Object.defineProperty(prototype, name, watchedProperty(name));
  for (const name of element.attributes) Object.defineProperty(prototype, name, attributeProperty(name));
  customElements.define(tag, element as unknown as CustomElementConstructor);
}

function watchedProperty(name: string): PropertyDescriptor & ThisType<DiktyoElement> {
  return {
    get() {
      return this.values[name];
    },
    set(value: unknown) {
      if (this.values[name] === value) return;
      this.values[name] = value;
      this.requestUpdate();
    },
  };
}

function attributeProperty(name: string): PropertyDescriptor & ThisType<DiktyoElement> {
  return {
    get() {
      return this.getAttribute(name) ?? '';
    },
    set(value: string) {
      this.setAttribute(name, value);
    },
  };
}

/** A text of several lines, each in its own block. */
export function toldLines(text: string): TemplateResult[] {
  return text.split('\n').map((line) => html`<span class="line">${line}</span>`);
}
