import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { DocumentKind } from '#definitions/types/programme.js';
import type { StaffAction } from '#definitions/types/wire.js';
import { formatBytes } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { DocumentUpload, findFileError } from '../document-upload.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';

/** Takes papers at the counter: scanned files, or a mark that the paper was seen and kept. */
@customElement('receive-documents-form')
export class ReceiveDocumentsForm extends ActionForm {
  protected readonly kind = 'documentProvided';
  protected readonly submitText = 'receiveSubmit';
  @state() private uploads: readonly DocumentUpload[] = [];
  @state() private uploading = false;

  protected override get locked(): boolean {
    return this.uploading || super.locked;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('chosen') && this.chosen !== '') this.typed['documentKind'] = this.chosen;
    if (this.sending.state.stage === 'done' && !this.uploading) this.uploads = [];
  }

  private get document(): DocumentKind | undefined {
    return this.open.programme.documents.find((each) => each.id === this.typedText('documentKind'));
  }

  protected renderFields(): TemplateResult {
    const choices = this.open.programme.documents.map((each) => ({ value: each.id, title: this.read(each.title) }));
    return html`
      ${this.renderSelect('documentKind', { label: this.say('paper'), choices })}
      <div class="field">
        <label for="files">${this.say('files')}</label>
        ${this.renderAbout('files', this.filesHint())}
        <input id="files" type="file" multiple accept=${this.document?.acceptedTypes.join(',') ?? 'application/pdf,image/jpeg,image/png'}
          aria-invalid=${this.errors['files'] ? 'true' : nothing} aria-describedby="files-hint" @change=${this.onFiles} />
      </div>
      ${this.uploads.length > 0
        ? nothing
        : html`<label class="choice">
            <input type="checkbox" id="seen" .checked=${this.typed['seen'] === true} @change=${(event: Event) => this.type('seen', (event.target as HTMLInputElement).checked)} />
            <span><strong>${this.say('receiveSeen')}</strong><span class="hint">${this.say('receiveSeenHint')}</span></span>
          </label>`}
      ${this.uploads.length > 0 ? html`<ul class="files">${this.uploads.map((upload) => this.renderUpload(upload))}</ul>` : nothing}
    `;
  }

  private filesHint(): string {
    const { document } = this;
    return document ? this.say('filesHint', { count: document.filesMax, size: formatBytes(this.desk.language, document.sizeBytesMax) }) : this.say('filesHintAny');
  }

  private renderUpload(upload: DocumentUpload): TemplateResult {
    return html`<li>${upload.file.name} (${formatBytes(this.desk.language, upload.file.size)}): ${this.say(`upload_${upload.stage}`)}
      <failure-notice .failure=${upload.failure}></failure-notice></li>`;
  }

  private onFiles(event: Event): void {
    const files = [...((event.target as HTMLInputElement).files ?? [])];
    this.type('fileNames', files.map((file) => file.name).join(', '));
    this.uploads = files.map((file) => this.uploadOf(file));
  }

  private uploadOf(file: File): DocumentUpload {
    return new DocumentUpload({ file, kind: this.typedText('documentKind'), path: DESK_PATHS.caseDocuments(this.form.municipality, this.form.caseId) });
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    const { document } = this;
    if (!document) return { documentKind: 'errorChoosePaper' };
    const files = this.uploads.map((upload) => upload.file);
    if (files.length === 0) return this.typed['seen'] === true ? {} : { files: 'errorFiles' };
    const wrong = findFileError(files, document);
    return wrong === null ? {} : { files: wrong };
  }

  protected async makeAction(): Promise<StaffAction | null> {
    // The paper may have been chosen after the files.
    this.uploads = this.uploads.map((upload) => (upload.kind === this.typedText('documentKind') ? upload : this.uploadOf(upload.file)));
    this.uploading = true;
    for (const upload of this.uploads) {
      await upload.send();
      this.uploads = [...this.uploads];
    }
    this.uploading = false;
    if (this.uploads.some((upload) => upload.stage !== 'stored')) return null;
    return { kind: 'documentProvided', documentKind: this.typedText('documentKind'), documentIds: this.uploads.flatMap((upload) => upload.documentId ?? []) };
  }
}
