import type { TemplateResult } from './template.js';
import { html } from './template.js';

/** Messages by JSON pointer into the answers. */
export type Messages = Readonly<Record<string, string>>;

/**
 * What needs correcting, above the questions; `#errors` takes the focus when it appears, so that it is read from its
 * beginning. Buttons, for links to fragments would change the address of the host page.
 */
export function renderErrors(messages: Messages, { heading, choose }: { readonly heading: string; choose(pointer: string): void }): TemplateResult | false {
  const lines = Object.entries(messages);
  return (
    lines.length > 0 &&
    html`<div role="alert" tabindex="-1" id="errors">
      <b>${heading}</b>
      <ul>${lines.map(([pointer, message]) => html`<li><button type="button" class="link error" @click=${() => choose(pointer)}>${message}</button></li>`)}</ul>
    </div>`
  );
}
