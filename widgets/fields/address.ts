import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { ADDRESS_PARTS } from '#forms/fields/address.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

const AUTOCOMPLETE = { street: 'address-line1', number: 'off', town: 'address-level2', postcode: 'postal-code' } as const;

/** Where somebody lives. */
export class AddressField extends FieldElement {
  protected override get isGroup(): boolean {
    return true;
  }

  protected override renderControl(): TemplateResult {
    const typed = (this.value ?? {}) as Readonly<Record<string, unknown>>;
    return html`${ADDRESS_PARTS.map(
      (part) => html`<div class="part">
        <label for=${part}>${this.say(part)}</label>
        <input
          id=${part}
          data-at="/${part}"
          class=${part === 'number' || part === 'postcode' ? 'short' : nothing}
          inputmode=${part === 'postcode' ? 'numeric' : nothing}
          autocomplete=${AUTOCOMPLETE[part]}
          aria-invalid=${(this.errorAt('') && part !== 'number') || this.errorAt(`/${part}`) ? 'true' : nothing}
          .value=${typeof typed[part] === 'string' ? typed[part] : ''}
          @input=${(event: Event) => this.change({ ...typed, [part]: (event.target as HTMLInputElement).value })}
        />
      </div>`,
    )}`;
  }
}

define('dk-address-field', AddressField);
