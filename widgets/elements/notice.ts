import { css } from './css.js';
import { html } from './template.js';
import { DiktyoElement, define } from './base-element.js';

/** A word to the reader, apart from the text: `info`, `wait` (something goes on by itself), `good`, `bad`. Spoken politely. */
export class Notice extends DiktyoElement {
  static override styles = [
    ...DiktyoElement.styles,
    css`
      :host {
        margin: 0 0 1.25em;
      }
      div {
        display: flex;
        gap: 0.75em;
        padding: 0.85em 1em;
        background: var(--shade);
        border-inline-start: 0.3em solid var(--tone, var(--main));
        border-radius: var(--round);
      }
      :host([tone='good']) {
        --tone: var(--good);
      }
      :host([tone='bad']) {
        --tone: var(--bad);
      }
      i {
        flex: none;
        width: 1.25em;
        height: 1.25em;
        margin-top: 0.12em;
        border: 0.19em solid var(--hair);
        border-top-color: var(--main);
        border-radius: 50%;
        animation: turn 0.9s linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        i {
          animation-duration: 4s;
        }
      }
    `,
  ];

  override render(): unknown {
    return html`<div role="status">${this.getAttribute('tone') === 'wait' ? html`<i></i>` : ''}<span><slot></slot></span></div>`;
  }
}

define('dk-notice', Notice);
