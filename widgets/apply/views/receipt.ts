import { html } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Applying } from '../applying.js';

/** The receipt: what to keep, what happens next, what is missing, whom to ask. Still makes sense on paper. */
export function renderReceipt(widget: Applying): TemplateResult {
  const { protocolNumber, trackingCode, filedAt, nextSteps, missingDocuments, contact } = widget.receipt;
  return html`${widget.renderHeading(widget.tell('done'), { focus: true })}
    <div class="box good">
      <span>${widget.tell('protocol')}</span><span class="code" translate="no">${protocolNumber}</span>
      <br />
      <span>${widget.tell('tracking')}</span><span class="code" translate="no">${trackingCode}</span>
      <span class="hint">${widget.tell('trackingHint')}</span>
    </div>
    <p class="muted">${widget.tell('filedAt')}: ${widget.tellInstant(filedAt, { withTime: true })}</p>
    ${widget.renderHeading(widget.tell('next'), { below: 1 })}
    <p>${widget.read(nextSteps)}</p>
    ${missingDocuments.length > 0 &&
    html`${widget.renderHeading(widget.tell('missing'), { below: 1 })}
          <ul class="bullets">${missingDocuments.map(({ title }) => html`<li>${widget.read(title)}</li>`)}</ul>
          <p class="hint">${widget.tell('missingHint')}</p>`}
    <div class="actions">
      <button type="button" class="button second" @click=${(event: MouseEvent) => keep(event, widget)}>${widget.tell('saveReceipt')}</button>
      <button type="button" class="link" @click=${() => print()}>${widget.say('print')}</button>
    </div>
    ${widget.renderContact(contact, { below: 1 })}`;
}

/** All that stands around the buttons, as a plain text file: it opens on every telephone. */
function keep({ currentTarget }: MouseEvent, widget: Applying): void {
  const view = (currentTarget as Element).closest('.view') as Element;
  const parts = [...view.children].filter((part) => !part.matches('.actions')) as HTMLElement[];
  const lines = [widget.read(widget.application.programme.title), widget.municipalityTitle, ...parts.map(({ innerText }) => innerText)];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', lines.join('\n\n')], { type: 'text/plain;charset=utf-8' }));
  link.download = `${widget.tell('protocol')} ${widget.receipt.protocolNumber.replace(/\W+/g, '-')}.txt`;
  link.click();
}
