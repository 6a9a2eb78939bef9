import { html, nothing } from '#widgets/elements/template.js';
import type { ReceiptView } from '#definitions/types/wire.js';
import type { Applying } from '../applying.js';

/** The receipt: what to keep, what happens next, what is missing, whom to ask. Still makes sense on paper. */
export function renderReceipt(widget: Applying): unknown {
  const { receipt } = widget;
  if (receipt === undefined) return nothing;
  return html`${widget.renderHeading(widget.tell('done'), { focus: true })}
    <div class="panel good">
      <span>${widget.tell('protocol')}</span><span class="code" translate="no">${receipt.protocolNumber}</span>
      <br />
      <span>${widget.tell('tracking')}</span><span class="code" translate="no">${receipt.trackingCode}</span>
      <span class="hint">${widget.tell('trackingHint')}</span>
    </div>
    <p class="muted">${widget.tell('filedAt')}: ${widget.tellInstant(receipt.filedAt, { withTime: true })}</p>
    ${widget.renderHeading(widget.tell('next'), { below: 1 })}
    <p>${widget.readWire(receipt.nextSteps)}</p>
    ${receipt.missingDocuments.length === 0
      ? nothing
      : html`${widget.renderHeading(widget.tell('missing'), { below: 1 })}
          <ul class="bullets">${receipt.missingDocuments.map(({ title }) => html`<li>${widget.readWire(title)}</li>`)}</ul>
          <p class="hint">${widget.tell('missingHint')}</p>`}
    <div class="actions">
      <button type="button" class="button second" @click=${() => keep(receipt, widget)}>${widget.tell('saveReceipt')}</button>
      <button type="button" class="link" @click=${() => print()}>${widget.say('print')}</button>
    </div>
    ${widget.renderContact(receipt.contact, { below: 1 })}`;
}

/** A plain text file: it opens on every telephone. */
function keep(receipt: ReceiptView, widget: Applying): void {
  const lines = [
    widget.application === undefined ? '' : widget.read(widget.application.programme.title),
    widget.municipalityTitle,
    '',
    `${widget.tell('protocol')}: ${receipt.protocolNumber}`,
    `${widget.tell('tracking')}: ${receipt.trackingCode}`,
    `${widget.tell('filedAt')}: ${widget.tellInstant(receipt.filedAt, { withTime: true })}`,
    '',
    widget.tell('next'),
    widget.readWire(receipt.nextSteps),
    ...(receipt.missingDocuments.length === 0 ? [] : ['', widget.tell('missing'), ...receipt.missingDocuments.map(({ title }) => `- ${widget.readWire(title)}`)]),
    '',
    `${widget.say('contact')}: ${receipt.contact.phone}`,
  ];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/plain;charset=utf-8' }));
  link.download = `${widget.tell('receiptFile')}-${receipt.protocolNumber.replace(/\W+/g, '-')}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
