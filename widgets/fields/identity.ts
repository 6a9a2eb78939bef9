import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Identity } from '#forms/fields/identity.js';
import { IDENTITIES_MAX, IDENTITY_KINDS } from '#forms/fields/identity.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

type Typed = Partial<Identity>;

/** The papers by which somebody is known, one row each; "none yet" is one of the kinds. */
export class IdentityField extends FieldElement {
  protected override get isGroup(): boolean {
    return true;
  }

  protected override renderControl(): TemplateResult {
    const rows = this.#rows();
    const mayAdd = rows.length < IDENTITIES_MAX && rows.every(({ kind }) => kind !== undefined && kind !== 'none');
    return html`${rows.map((row, position) => this.#renderRow(row, position))}
    ${mayAdd ? html`<button type="button" class="link" @click=${() => this.change([...rows, {}])}>${this.say('identityAdd')}</button>` : nothing}`;
  }

  #renderRow(row: Typed, position: number): TemplateResult {
    const { words } = this.surroundings.texts.form;
    const isWrong = this.errorAt('') || Object.keys(this.errors).some((inside) => inside.startsWith(`/${position}`));
    return html`<div class="part">
        <label for="kind${position}">${this.say('identityKind')}</label>
        <select id="kind${position}" data-at="/${position}/kind" @change=${(event: Event) => this.#set(position, { kind: (event.target as HTMLSelectElement).value as Identity['kind'] })}>
          <option value="" ?selected=${row.kind === undefined}>${this.say('select')}</option>
          ${IDENTITY_KINDS.map((kind) => html`<option value=${kind} ?selected=${row.kind === kind}>${words[kind]}</option>`)}
        </select>
      </div>
      ${row.kind === undefined || row.kind === 'none'
        ? nothing
        : html`<div class="part">
            <label for="value${position}">${this.say('identityValue')}</label>
            <input
              id="value${position}"
              data-at="/${position}/value"
              class="short"
              autocomplete="off"
              spellcheck="false"
              aria-invalid=${isWrong ? 'true' : nothing}
              .value=${row.value ?? ''}
              @input=${(event: Event) => this.#set(position, { value: (event.target as HTMLInputElement).value })}
            />
          </div>`}`;
  }

  #rows(): readonly Typed[] {
    return Array.isArray(this.value) && this.value.length > 0 ? (this.value as readonly Typed[]) : [{}];
  }

  #set(position: number, change: Typed): void {
    this.change(this.#rows().map((row, place) => (place === position ? { ...row, ...change } : row)));
  }
}

define('dk-identity-field', IdentityField);
