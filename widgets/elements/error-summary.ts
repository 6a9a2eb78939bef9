import { css } from './css.js';
import { html, nothing } from './template.js';
import { DiktyoElement, define } from './base-element.js';

/** What is wrong at one place of the page. */
export interface SummaryLine {
  /** JSON pointer into the answers. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * What needs correcting, above the questions; takes the focus when it appears. A line is chosen with `dk-choose`, whose
 * detail is the pointer: links to fragments would change the address of the host page.
 */
export class ErrorSummary extends DiktyoElement {
  static override styles = [
    ...DiktyoElement.styles,
    css`
      div {
        border: 0.2em solid var(--bad);
        border-radius: var(--round);
        padding: 0.9em 1.1em;
        margin-bottom: 1.6em;
        background: var(--paper);
      }
      b {
        display: block;
        font-size: 1.15em;
        margin-bottom: 0.2em;
      }
      ul {
        list-style: none;
      }
      .link {
        color: var(--bad);
        font-weight: 600;
        padding: 0.35em 0;
        min-height: 2em;
      }
    `,
  ];

  static override watched = ['heading', 'lines'];

  heading = '';
  lines: readonly SummaryLine[] = [];

  override render(): unknown {
    if (this.lines.length === 0) return nothing;
    return html`<div role="alert" tabindex="-1">
      <b>${this.heading}</b>
      <ul>
        ${this.lines.map(
          ({ pointer, message }) => html`<li><button class="link" type="button" @click=${() => this.#choose(pointer)}>${message}</button></li>`,
        )}
      </ul>
    </div>`;
  }

  /** After the next rendering: the box itself, so that it is read from its beginning. */
  async focusBox(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('div')?.focus();
  }

  #choose(pointer: string): void {
    this.dispatchEvent(new CustomEvent('dk-choose', { detail: pointer }));
  }
}

define('dk-error-summary', ErrorSummary);
