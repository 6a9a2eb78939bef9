import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ReceiptView } from '#definitions/types/wire.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant } from '../desk-formats.js';
import { deskText, readText } from '../desk-language.js';
import type { TextParams, TwoTongued } from '../desk-language.js';
import { routeHash } from '../desk-route.js';
import { neededPapers, wayOf } from '../filing.js';
import type { Filing } from '../filing.js';
import { controls } from '../styles/controls.js';
import type { DeskTextKey } from '../texts/el.js';

/** What the citizen takes home, in the citizen's language: numbers, papers taken and missing, what comes next. Fires `another`. */
@customElement('filing-receipt')
export class FilingReceipt extends DeskElement {
  static override styles = [
    controls,
    css`
      .card { max-width: 46em; margin: 0 auto; padding: clamp(1em, 3vw, 2em); border-top: 6px solid var(--desk-good); }
      h1:focus { outline: none; }
      dl { margin: 0; display: grid; gap: 0.2em; }
      dt { color: var(--desk-muted); margin-top: 0.7em; }
      dd { margin: 0; font-size: 1.4em; font-weight: 700; overflow-wrap: anywhere; }
      ul { margin: 0.3em 0 0; padding-inline-start: 1.3em; }
      .code { font-family: ui-monospace, 'Noto Sans Mono', monospace; letter-spacing: 0.04em; }
      .screen { max-width: 46em; margin: 1em auto 0; display: grid; gap: 0.8em; }
      section p { margin-top: 0.2em; }
      @page { margin: 18mm; }
      @media print {
        .screen { display: none; }
        .card { border: 0; padding: 0; max-width: none; font-size: 11.5pt; }
        section { break-inside: avoid; }
        .muted, .hint, dt { color: #000; }
      }
    `,
  ];

  @property({ attribute: false }) filing!: Filing;
  @property({ attribute: false }) receipt!: ReceiptView;

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  /** The paper speaks to the citizen; the buttons below it to the clerk. */
  private tell(key: DeskTextKey, params: TextParams = {}): string {
    return deskText(this.filing.language, key, params);
  }

  private text(text: TwoTongued | undefined): string {
    return readText(this.filing.language, text);
  }

  private papersTaken(): readonly string[] {
    return neededPapers(this.filing).flatMap((needed) => {
      const [way, title] = [wayOf(needed), this.text(needed.document.title)];
      return way === 'missing' ? [] : [way === 'seen' ? this.tell('papersTakenSeen', { title }) : title];
    });
  }

  override render(): TemplateResult {
    const { receipt, filing } = this;
    const municipality = this.desk.municipalities.find((grant) => grant.municipality === filing.municipality);
    const taken = this.papersTaken();
    return html`<article class="card stack" aria-labelledby="done" lang=${filing.language}>
      <p class="muted">${municipality ? this.tell('municipalityOf', { name: this.text(municipality.municipalityName) }) : nothing} · ${this.text(filing.programme.title)} · ${this.tell('receiptFor')}</p>
      <h1 id="done" tabindex="-1">${this.tell('filingDone')}</h1>
      <dl>
        <dt>${this.tell('protocolNumber')}</dt><dd class="number" data-protocol>${receipt.protocolNumber}</dd>
        <dt>${this.tell('trackingCode')}</dt><dd class="code" data-code>${receipt.trackingCode}</dd>
      </dl>
      <p class="hint">${this.tell('receiptTrack')}</p>
      <p>${this.tell('filedAt', { at: formatInstant(filing.language, receipt.filedAt) })}</p>
      ${this.renderList('missingPapers', receipt.missingDocuments.map(({ title }) => this.text(title)))} ${this.renderList('papersTaken', taken)}
      <section><h2>${this.tell('whatNext')}</h2><p>${this.text(receipt.nextSteps)}</p></section>
      <section><h2>${this.tell('contact')}</h2>
        <p>${[receipt.contact.phone, receipt.contact.email, this.text(receipt.contact.place), this.text(receipt.contact.hours)].filter(Boolean).join(' · ')}</p>
      </section>
    </article>
    ${this.renderForClerk()}`;
  }

  private renderList(heading: 'missingPapers' | 'papersTaken', titles: readonly string[]): TemplateResult | typeof nothing {
    return titles.length === 0 ? nothing : html`<section data-list=${heading}><h2>${this.tell(heading)}</h2><ul>${titles.map((title) => html`<li>${title}</li>`)}</ul></section>`;
  }

  private renderForClerk(): TemplateResult {
    return html`<div class="screen">
      <p class="hint">${this.say('trackingCodeHint')} ${this.filing.language === this.desk.language ? nothing : this.say('receiptLanguage')}</p>
      <div class="row">
        <button class="primary" @click=${() => window.print()}>${this.say('print')}</button>
        <a href=${routeHash({ page: 'case', municipality: this.filing.municipality, caseId: this.receipt.applicationId })}>${this.say('openCase')}</a>
        <button class="quiet" @click=${() => this.dispatchEvent(new Event('another'))}>${this.say('fileAnother')}</button>
      </div>
    </div>`;
  }
}
