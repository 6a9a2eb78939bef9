import type { TemplateResult } from './template.js';
import { html } from './template.js';

/** A word to the reader, apart from the text: `wait` (something goes on by itself), `good`, `bad`, or neither. Spoken politely. */
export function renderNotice(text: string, tone: '' | 'wait' | 'good' | 'bad' = ''): TemplateResult | false {
  return text !== '' && html`<p role="status" class="notice ${tone}">${text}${tone === 'wait' && html`<progress aria-hidden="true"></progress>`}</p>`;
}
