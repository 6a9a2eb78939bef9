import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { DeskElement } from '../desk-element.js';
import { formatBytes } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { DocumentUpload, findFileError } from '../document-upload.js';
import { PAPER_WAYS, hasUnfinishedFiles, neededPapers } from '../filing.js';
import type { Filing, NeededPaper, PaperWay } from '../filing.js';
import { controls } from '../styles/controls.js';
import type { DeskTextKey } from '../texts/el.js';
import './failure-notice.js';

/** The papers that come with an application at the counter, each scanned, seen and kept, or missing. Files go at once. */
@customElement('filing-papers')
export class FilingPapers extends DeskElement {
  static override styles = [
    controls,
    css`
      .papers { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.2em; }
      fieldset { border-top: 1px solid var(--desk-line); padding-top: 0.9em; }
      /* A legend left to itself is drawn upon the line above it. */
      legend { float: inline-start; inline-size: 100%; }
      legend + * { clear: both; }
      .files { margin: 0.4em 0 0; padding-inline-start: 0.9em; border-inline-start: 3px solid var(--desk-primary); }
      ul { list-style: none; margin: 0.4em 0 0; padding: 0; display: grid; gap: 0.4em; }
      li { display: flex; flex-wrap: wrap; gap: 0.2em 0.7em; align-items: center; overflow-wrap: anywhere; }
      li failure-notice { flex-basis: 100%; }
      li button { min-height: 2em; padding: 0.2em 0.7em; }
    `,
  ];

  @property({ attribute: false }) filing!: Filing;
  @state() private errors: Readonly<Record<string, DeskTextKey>> = {};
  @state() private unfinished = false;

  /** True when no file is still under way; else it is said, and the first such paper has the focus. */
  check(): boolean {
    this.unfinished = hasUnfinishedFiles(this.filing);
    if (this.unfinished) void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('[data-unfinished]')?.focus());
    return !this.unfinished;
  }

  override render(): TemplateResult {
    const needed = neededPapers(this.filing);
    if (needed.length === 0) return html`<p>${this.say('filingPapersNone')}</p>`;
    return html`
      ${this.unfinished && hasUnfinishedFiles(this.filing) ? html`<p class="error" role="alert">${this.say('uploadPending')}</p>` : nothing}
      <div class="papers">${needed.map((each) => this.renderPaper(each))}</div>`;
  }

  private renderPaper(needed: NeededPaper): TemplateResult {
    const { document, required, paper } = needed;
    const { id } = document;
    return html`<fieldset role="radiogroup" aria-labelledby="legend-${id}" aria-describedby="about-${id}" data-paper=${id}>
      <legend id="legend-${id}">${this.read(document.title)}</legend>
      <div id="about-${id}">
        ${document.hint ? html`<p class="hint">${this.read(document.hint)}</p>` : nothing}
        ${required === 'unknown' ? html`<p class="hint">${this.say('filingPaperMaybe')}</p>` : nothing}
      </div>
      <div class="ways">${PAPER_WAYS.map((way) => html`<label class="choice">
        <input type="radio" name="way-${id}" value=${way} .checked=${paper.way === way} @change=${() => this.choose(needed, way)} />
        <span>${this.say(`paperHere_${way}`)}</span>
      </label>`)}</div>
      ${paper.way === 'files' ? this.renderFiles(needed) : nothing}
    </fieldset>`;
  }

  private renderFiles({ document, paper }: NeededPaper): TemplateResult {
    const { id } = document;
    const error = this.errors[id];
    return html`<div class="files field">
      <label for="files-${id}">${this.say('filingPaperFiles', { title: this.read(document.title) })}</label>
      <span class="hint" id="hint-${id}">${this.say('filesHint', { count: document.filesMax, size: formatBytes(this.desk.language, document.sizeBytesMax) })}</span>
      ${error ? html`<span class="error" id="error-${id}" role="alert">${this.say(error)}</span>` : nothing}
      <input id="files-${id}" type="file" multiple accept=${document.acceptedTypes.join(',')} aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${error ? `hint-${id} error-${id}` : `hint-${id}`} @change=${(event: Event) => this.take({ document, paper }, event.target as HTMLInputElement)} />
      ${paper.uploads.length === 0 ? nothing : html`<ul>${paper.uploads.map((upload) => this.renderUpload(paper, upload))}</ul>`}
    </div>`;
  }

  private renderUpload(paper: NeededPaper['paper'], upload: DocumentUpload): TemplateResult {
    const told = upload.stage === 'stored' && upload.found !== null ? this.say(`file_${upload.found}`) : this.say(`upload_${upload.stage}`);
    return html`<li data-stage=${upload.stage}>
      <span>${upload.file.name} <span class="hint">${formatBytes(this.desk.language, upload.file.size)}</span></span>
      <span class="mark ${upload.stage === 'stored' ? 'good' : upload.stage === 'failed' ? 'bad' : 'info'}" role="status">${told}</span>
      ${upload.stage === 'failed' ? html`<button type="button" data-unfinished @click=${() => void this.send(upload)}>${this.say('tryAgain')}<span class="hidden-visually">: ${upload.file.name}</span></button>` : nothing}
      <button type="button" ?data-unfinished=${upload.stage === 'sending'} @click=${() => this.takeAway(paper, upload)}>${this.say('paperRemove')}<span class="hidden-visually">: ${upload.file.name}</span></button>
      <failure-notice .failure=${upload.failure}></failure-notice>
    </li>`;
  }

  private choose({ paper }: NeededPaper, way: PaperWay): void {
    paper.way = way;
    this.changed();
  }

  private take({ document, paper }: Pick<NeededPaper, 'document' | 'paper'>, input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    input.value = '';
    const error = findFileError([...paper.uploads.map(({ file }) => file), ...files], document);
    const { [document.id]: _mended, ...others } = this.errors;
    this.errors = error === null ? others : { ...others, [document.id]: error };
    if (error !== null) return;
    const { municipality, view } = this.filing;
    for (const file of files) {
      const upload = new DocumentUpload({ file, kind: document.id, path: DESK_PATHS.documents(municipality), hash: view.hash });
      paper.uploads.push(upload);
      void this.send(upload);
    }
  }

  private async send(upload: DocumentUpload): Promise<void> {
    const sent = upload.send();
    this.changed();
    await sent;
    this.changed();
  }

  /** The focus goes to where another file may be chosen. */
  private takeAway(paper: NeededPaper['paper'], upload: DocumentUpload): void {
    paper.uploads.splice(paper.uploads.indexOf(upload), 1);
    this.changed();
    void this.updateComplete.then(() => this.shadowRoot?.getElementById(`files-${upload.kind}`)?.focus());
  }

  private changed(): void {
    this.requestUpdate();
    this.dispatchEvent(new Event('change'));
  }
}
