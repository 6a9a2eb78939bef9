import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Programme } from '#definitions/types/programme.js';
import type { ReceiptView } from '#definitions/types/wire.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant } from '../desk-formats.js';
import { routeHash } from '../desk-route.js';
import { controls } from '../styles/controls.js';

/** What the citizen takes home: protocol number, tracking code, what is missing, what comes next. Fires `another`. */
@customElement('filing-receipt')
export class FilingReceipt extends DeskElement {
  static override styles = [
    controls,
    css`
      article { max-width: 46em; margin: 0 auto; padding: clamp(1em, 3vw, 2em); border-top: 6px solid var(--desk-good); }
      h1:focus { outline: none; }
      dl { margin: 0; display: grid; gap: 0.2em; }
      dt { color: var(--desk-muted); margin-top: 0.7em; }
      dd { margin: 0; font-size: 1.4em; font-weight: 700; overflow-wrap: anywhere; }
      .code { font-family: ui-monospace, 'Noto Sans Mono', monospace; letter-spacing: 0.04em; }
      @media print { .screen { display: none; } article { border: 0; } }
    `,
  ];

  @property({ attribute: false }) municipality = '';
  @property({ attribute: false }) programme!: Programme;
  @property({ attribute: false }) receipt!: ReceiptView;

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  override render(): TemplateResult {
    const { receipt } = this;
    const municipality = this.desk.municipalities.find((grant) => grant.municipality === this.municipality);
    return html`<article class="card stack" aria-labelledby="done">
      <p class="muted">${municipality ? this.say('municipalityOf', { name: this.read(municipality.municipalityName) }) : nothing} · ${this.read(this.programme.title)}</p>
      <h1 id="done" tabindex="-1">${this.say('filingDone')}</h1>
      <dl>
        <dt>${this.say('protocolNumber')}</dt><dd class="number" data-protocol>${receipt.protocolNumber}</dd>
        <dt>${this.say('trackingCode')}</dt><dd class="code" data-code>${receipt.trackingCode}</dd>
      </dl>
      <p class="hint">${this.say('trackingCodeHint')}</p>
      <p>${this.say('filedAt', { at: formatInstant(this.desk.language, receipt.filedAt) })}</p>
      ${receipt.missingDocuments.length === 0
        ? nothing
        : html`<section><h2>${this.say('missingPapers')}</h2><ul>${receipt.missingDocuments.map((each) => html`<li>${this.read(each.title)}</li>`)}</ul></section>`}
      <section><h2>${this.say('whatNext')}</h2><p>${this.read(receipt.nextSteps)}</p></section>
      <section><h2>${this.say('contact')}</h2>
        <p>${[receipt.contact.phone, receipt.contact.email, this.read(receipt.contact.place), this.read(receipt.contact.hours)].filter(Boolean).join(' · ')}</p>
      </section>
      <div class="row screen">
        <button class="primary" @click=${() => window.print()}>${this.say('print')}</button>
        <a href=${routeHash({ page: 'case', municipality: this.municipality, caseId: receipt.applicationId })}>${this.say('openCase')}</a>
        <button class="quiet" @click=${() => this.dispatchEvent(new Event('another'))}>${this.say('fileAnother')}</button>
      </div>
    </article>`;
  }
}
