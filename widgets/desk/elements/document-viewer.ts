import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { DocumentView } from '#definitions/types/wire.js';
import { DeskElement } from '../desk-element.js';
import { controls } from '../styles/controls.js';

interface Looked {
  readonly file: DocumentView;
  /** Where the engine gives it. */
  readonly path: string;
}

/**
 * A paper, looked at without leaving the case. The engine gives only clean files this way, each with a policy under which
 * nothing in it loads or runs; pictures are pictures, and a PDF is shown by the browser's own viewer or not at all.
 */
@customElement('document-viewer')
export class DocumentViewer extends DeskElement {
  static override styles = [
    controls,
    css`
      dialog { border: 1px solid var(--desk-edge); border-radius: 12px; padding: 1em; inline-size: min(64em, 96vw); block-size: 94vh; max-block-size: none; color: var(--desk-ink); }
      dialog[open] { display: grid; grid-template-rows: auto minmax(0, 1fr); gap: 0.8em; }
      dialog::backdrop { background: rgb(10 25 40 / 60%); }
      .top { display: flex; flex-wrap: wrap; gap: 0.4em 1em; align-items: center; justify-content: space-between; }
      h2 { overflow-wrap: anywhere; min-width: 0; }
      .paper { overflow: auto; background: #e9eef2; border-radius: var(--desk-radius); display: grid; place-items: start center; }
      .paper:focus-visible { outline-offset: -3px; }
      img { max-inline-size: 100%; }
      iframe { inline-size: 100%; block-size: 100%; border: 0; background: #fff; }
      .told { padding: 2em 1em; text-align: center; }
    `,
  ];

  @state() private looked: Looked | null = null;
  @state() private failed = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  show(looked: Looked): void {
    this.looked = looked;
    this.failed = false;
    void this.updateComplete.then(() => this.dialog.showModal());
  }

  override render(): TemplateResult {
    const { looked } = this;
    return html`<dialog aria-labelledby="title" @close=${() => (this.looked = null)}>
      ${looked
        ? html`<div class="top">
              <h2 id="title">${this.say('viewerTitle', { name: looked.file.name })}</h2>
              <div class="row"><a href=${looked.path} download=${looked.file.name} rel="noopener">${this.say('viewerSave')}</a>
                <button class="primary" autofocus @click=${() => this.dialog.close()}>${this.say('close')}</button></div>
            </div>
            <div class="paper" tabindex="0" role="group" aria-labelledby="title">${this.renderPaper(looked)}</div>`
        : nothing}
    </dialog>`;
  }

  private renderPaper({ file, path }: Looked): TemplateResult {
    const address = `${path}?view=inline`;
    if (this.failed) return html`<p class="told" role="alert">${this.say('viewerFailed')}</p>`;
    if (file.mediaType !== 'application/pdf') return html`<img src=${address} alt=${file.name} @error=${() => (this.failed = true)} />`;
    return navigator.pdfViewerEnabled ? html`<iframe src=${address} title=${file.name} referrerpolicy="no-referrer"></iframe>` : html`<p class="told" role="status">${this.say('viewerNoPdf')}</p>`;
  }
}
