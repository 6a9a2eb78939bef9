import { LitElement, html } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { base } from './base.styles.js';

/** Every element of the widgets extends this: same clothes, open root (tests and assistive tools look inside). */
export abstract class DiktyoElement extends LitElement {
  static override styles: CSSResultGroup = [base];
}

/** A page may load the script twice, or come back from the back/forward cache. */
export function define(tag: string, constructor: CustomElementConstructor): void {
  if (customElements.get(tag) === undefined) customElements.define(tag, constructor);
}

/**
 * A text that may change. Browsers' translators replace text nodes; Lit would go on writing to the old ones and the
 * page would freeze on a stale text without any error. A new element for a new text does not.
 */
export function told(text: string): unknown {
  return keyed(text, html`<span>${text}</span>`);
}

/** A text of several lines, each in its own block. */
export function toldLines(text: string): TemplateResult[] {
  return text.split('\n').map((line) => html`<span class="line">${line}</span>`);
}
