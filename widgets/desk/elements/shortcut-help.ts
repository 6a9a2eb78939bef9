import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { DeskElement } from '../desk-element.js';
import { controls } from '../styles/controls.js';
import type { DeskTextKey } from '../texts/el.js';

const KEYS: readonly (readonly [string, DeskTextKey])[] = [
  ['/', 'keySearch'],
  ['j  k  ↓  ↑', 'keyWalk'],
  ['Enter', 'keyOpen'],
  ['c', 'keyClaim'],
  ['a', 'keyAct'],
  ['g q', 'navMine'],
  ['g a', 'navAll'],
  ['g n', 'navFiling'],
  ['g i', 'navIncidents'],
  ['?', 'keyHelp'],
];

/** The keyboard's map, and the switch that turns single-key shortcuts off. */
@customElement('shortcut-help')
export class ShortcutHelp extends DeskElement {
  static override styles = [
    controls,
    css`
      dialog { border: 1px solid var(--desk-edge); border-radius: 12px; padding: 1.4em; inline-size: min(32em, 92vw); color: var(--desk-ink); }
      dialog::backdrop { background: rgb(10 25 40 / 45%); }
      dl { display: grid; grid-template-columns: auto 1fr; gap: 0.5em 1.2em; margin: 1em 0; align-items: baseline; }
      dt, dd { margin: 0; }
      kbd + kbd { margin-inline-start: 0.3em; }
    `,
  ];

  @query('dialog') private dialog!: HTMLDialogElement;

  open(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${this.say('helpTitle')}</h2>
      <dl>
        ${KEYS.map(([keys, text]) => html`<dt>${keys.split(/\s+/).map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${this.say(text)}</dd>`)}
      </dl>
      <label class="choice">
        <input type="checkbox" .checked=${this.desk.shortcuts} @change=${(event: Event) => this.desk.chooseShortcuts((event.target as HTMLInputElement).checked)} />
        <span>${this.say('shortcutsOn')}</span>
      </label>
      <p class="row"><button class="primary" @click=${() => this.dialog.close()}>${this.say('close')}</button></p>
    </dialog>`;
  }
}
