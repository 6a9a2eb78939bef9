import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { DocumentView, PaperMemory } from '#definitions/types/wire.js';
import { documentTitle } from '../case-reading.js';
import type { ActionKind, OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { formatBytes, formatShortDate } from '../desk-formats.js';
import { DESK_PATHS } from '../desk-paths.js';
import { controls } from '../styles/controls.js';
import './document-viewer.js';
import type { DocumentViewer } from './document-viewer.js';

const COLOURS = { missing: 'warn', asked: 'warn', provided: 'info', accepted: 'good', refused: 'bad' } as const;
const FILE_COLOURS = { expected: 'warn', quarantined: 'warn', clean: 'good', refused: 'bad' } as const;

/** Asks the page to open a form for this paper. */
export class PaperChosen extends Event {
  readonly action: ActionKind;
  readonly documentKind: string;

  constructor(action: ActionKind, documentKind: string) {
    super('paper', { bubbles: true, composed: true });
    this.action = action;
    this.documentKind = documentKind;
  }
}

/** The papers of the case: which, in what state, their files, and what can be done with each. */
@customElement('case-documents')
export class CaseDocuments extends DeskElement {
  static override styles = [
    controls,
    css`
      ul { list-style: none; margin: 0; padding: 0; }
      .paper { padding: 0.65em 0; border-top: 1px solid #e7ecf0; display: grid; gap: 0.3em; }
      .paper:first-child { border-top: 0; padding-top: 0; }
      .top { display: flex; flex-wrap: wrap; gap: 0.3em 0.8em; align-items: center; }
      .file { display: flex; flex-wrap: wrap; gap: 0.2em 0.7em; align-items: center; padding: 0.15em 0 0.15em 0.8em; border-inline-start: 3px solid var(--desk-line); overflow-wrap: anywhere; }
      .row:empty { display: none; }
      .row { margin-top: 0.2em; }
      button { min-height: 2em; padding: 0.2em 0.7em; }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;
  @query('document-viewer') private viewer!: DocumentViewer | null;

  override render(): TemplateResult {
    const kinds = [...new Set([...Object.keys(this.open.state.documents), ...this.open.file.documents.map((file) => file.kind)])];
    if (kinds.length === 0) return html`<p class="muted">${this.say('papersNone')}</p>`;
    return html`<ul>${kinds.map((kind) => this.renderPaper(kind, this.open.state.documents[kind]))}</ul><document-viewer></document-viewer>`;
  }

  private renderPaper(kind: string, paper: PaperMemory | undefined): TemplateResult {
    const status = paper?.status ?? 'provided';
    const sensitivity = this.open.programme.documents.find((each) => each.id === kind)?.sensitivity;
    return html`<li class="paper">
      <div class="top">
        <strong>${documentTitle(this.open, kind, this.desk.language)}</strong>
        <span class="mark ${COLOURS[status]}">${this.say(`paper_${status}`)}</span>
        ${sensitivity === 'special' || sensitivity === 'criminal' ? html`<span class="mark special">◆ ${this.say('specialShort')}</span>` : nothing}
        ${paper?.askedAt && status === 'asked' ? html`<span class="hint">${this.say('paperAskedOn', { date: formatShortDate(this.desk.language, paper.askedAt) })}</span>` : nothing}
      </div>
      ${paper?.note ? html`<p class="hint">${paper.note}</p>` : nothing}
      ${this.open.file.documents.filter((file) => file.kind === kind).map((file) => this.renderFile(file))}
      <div class="row">${this.renderOffers(kind, status)}</div>
    </li>`;
  }

  private renderFile(file: DocumentView): TemplateResult {
    const path = DESK_PATHS.caseDocument(this.open.municipality, this.open.file.summary.caseId, file.documentId);
    return html`<div class="file">
      ${file.state === 'clean' ? html`<a href=${path} download=${file.name} rel="noopener">${file.name}</a>` : html`<span>${file.name}</span>`}
      ${file.state === 'clean' ? html`<button @click=${() => this.viewer?.show({ file, path })}>${this.say('offerView')}<span class="hidden-visually">: ${file.name}</span></button>` : nothing}
      <span class="hint">${formatBytes(this.desk.language, file.sizeBytes)}</span>
      <span class="mark ${FILE_COLOURS[file.state]}">${this.say(`file_${file.state}`)}</span>
    </div>`;
  }

  private renderOffers(kind: string, status: PaperMemory['status']): readonly (TemplateResult | typeof nothing)[] {
    const offers: readonly (readonly [ActionKind, boolean, 'offerJudge' | 'offerReceive' | 'offerAsk'])[] = [
      ['documentJudged', status === 'provided', 'offerJudge'],
      ['documentProvided', status === 'missing' || status === 'asked' || status === 'refused', 'offerReceive'],
      ['documentAsked', status === 'missing' || status === 'refused', 'offerAsk'],
    ];
    return offers.map(([action, fits, text]) =>
      fits && this.open.file.actions.includes(action)
        ? html`<button @click=${() => this.dispatchEvent(new PaperChosen(action, kind))}>${this.say(text)}<span class="hidden-visually">: ${documentTitle(this.open, kind, this.desk.language)}</span></button>`
        : nothing,
    );
  }
}
