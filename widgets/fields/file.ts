import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { DocumentKind } from '#definitions/types/programme.js';
import { localeOf } from '#forms/findings/tell.js';
import { css } from '#widgets/elements/css.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';
import type { FileView } from './uploads.js';

const NAMES: Readonly<Record<string, string>> = { 'application/pdf': 'PDF', 'image/jpeg': 'JPG', 'image/png': 'PNG' };

/** Files: what may be sent, how far each has come, and what became of it. */
export class FileField extends FieldElement {
  static override styles = [
    ...FieldElement.styles,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 1em;
        border-bottom: 0.0625em solid var(--hair);
        padding: 0.35em 0;
      }
      li > span:first-child {
        flex: 1 1 12em;
      }
      ul {
        list-style: none;
        margin-top: 0.5em;
        max-width: 38em;
      }
      progress {
        width: 100%;
        height: 0.5em;
        accent-color: var(--main);
      }
      input:focus-visible + .button {
        outline: 0.19em solid #14202b;
        outline-offset: 0.06em;
        box-shadow: 0 0 0 0.32em var(--ring);
      }
    `,
  ];

  static override watched = [...FieldElement.watched, 'refusal'];

  private refusal = '';

  protected override renderControl(): TemplateResult {
    const document = this.surroundings.documentOf(this.question);
    if (document === undefined) return html``;
    const files = this.#files();
    const rules = this.#rules(document);
    return html`<p class="hint" id="rules">${this.say('fileRules', rules)}</p>
      ${this.refusal === '' ? nothing : html`<p class="error" role="alert">${this.refusal}</p>`}
      <input
        id="control"
        class="unseen"
        data-at=""
        type="file"
        multiple
        accept=${document.acceptedTypes.join(',')}
        aria-describedby="rules ${this.describedBy}"
        aria-invalid=${this.refusal !== '' || this.errorAt('') ? 'true' : nothing}
        @change=${(event: Event) => this.#take(event.target as HTMLInputElement, document)}
      /><label for="control" class="button second">${this.say('fileChoose')}</label>
      ${files.length === 0 ? nothing : html`<ul>${files.map((file) => this.#renderFile(file))}</ul>`}`;
  }

  #renderFile(file: FileView): TemplateResult {
    return html`<li>
      <span
        ><b>${file.name}</b> <span class="hint">${this.#size(file.sizeBytes)}</span><br />
        <span role="status" class=${file.state === 'refused' || file.state === 'failed' ? 'error' : 'hint'}>${this.#stateOf(file)}</span>
        ${file.state === 'uploading' ? html`<progress max="100" value=${file.percent} aria-label=${file.name}></progress>` : nothing}</span
      >
      ${file.state === 'failed' ? html`<button type="button" class="link" @click=${() => this.surroundings.uploads?.again(this.pointer, file.key)}>${this.say('tryAgain')}</button>` : nothing}
      <button type="button" class="link" @click=${() => this.#remove(file.key)}>${this.say('remove')}<span class="unseen">: ${file.name}</span></button>
    </li>`;
  }

  #stateOf({ state, percent, message }: FileView): string {
    const said = {
      uploading: this.say('fileUploading', { percent }),
      waiting: this.say('fileWaiting'),
      failed: this.say('fileFailed'),
      quarantined: this.say('fileQuarantined'),
      clean: this.say('fileClean'),
      refused: this.say('fileRefused'),
    }[state];
    return message === undefined ? said : `${said} ${message}`;
  }

  #files(): readonly FileView[] {
    const ids = Array.isArray(this.value) ? (this.value as readonly string[]) : [];
    return this.surroundings.uploads?.list(this.pointer, ids) ?? [];
  }

  /** What the browser can tell at once; the engine looks at the bytes. */
  #take(input: HTMLInputElement, document: DocumentKind): void {
    const { types, size, count } = this.#rules(document);
    this.refusal = '';
    let room = document.filesMax - this.#files().length;
    for (const file of input.files ?? []) {
      const { name } = file;
      if (!(document.acceptedTypes as readonly string[]).includes(file.type)) this.refusal = this.say('fileType', { name, types });
      else if (file.size > document.sizeBytesMax) this.refusal = this.say('fileSize', { name, size });
      else if (file.size === 0) this.refusal = this.say('fileEmpty', { name });
      else if (room <= 0) this.refusal = this.say('fileCount', { count });
      else {
        room -= 1;
        this.surroundings.uploads?.add(this.pointer, file, document);
      }
    }
    input.value = '';
    this.requestUpdate();
  }

  #remove(key: string): void {
    this.surroundings.uploads?.remove(this.pointer, key);
    this.refusal = '';
    void this.focusAt('');
  }

  #rules(document: DocumentKind): { types: string; size: string; count: number } {
    const types = document.acceptedTypes.map((type) => NAMES[type] ?? type);
    return {
      types: [types.slice(0, -1).join(', '), types.at(-1)].filter(Boolean).join(` ${this.say('or')} `),
      size: this.#size(document.sizeBytesMax),
      count: document.filesMax,
    };
  }

  #size(bytes: number): string {
    const number = new Intl.NumberFormat(localeOf(this.surroundings.texts.language), { maximumFractionDigits: 1 });
    return bytes < 1_000_000 ? `${number.format(Math.ceil(bytes / 1000))} KB` : `${number.format(bytes / 1_000_000)} MB`;
  }
}

define('dk-file-field', FileField);
