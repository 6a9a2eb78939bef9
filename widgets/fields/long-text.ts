import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { LONG_TEXT_LENGTH_MAX } from '#forms/fields/long-text.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

/** Several lines of text, with what is left of the room. */
export class LongTextField extends FieldElement {
  protected override renderControl(): TemplateResult {
    const typed = typeof this.value === 'string' ? this.value : '';
    const left = (this.question.lengthMax ?? LONG_TEXT_LENGTH_MAX) - [...typed].length;
    return html`<textarea
        id="control"
        data-at=""
        rows="5"
        aria-describedby="${this.describedBy} count"
        aria-invalid=${this.errorAt('') ? 'true' : nothing}
        .value=${typed}
        @input=${(event: Event) => this.change((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <p class="hint" id="count">${this.#count(left, typed)}</p>`;
  }

  #count(left: number, typed: string): string {
    if (left < 0) return this.say('charactersOver', { over: -left });
    return typed === '' ? this.say('characters', { max: left }) : this.say('charactersLeft', { left });
  }
}

define('dk-long-text-field', LongTextField);
