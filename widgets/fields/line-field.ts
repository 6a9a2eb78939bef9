import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { FieldElement } from './field-element.js';

/** How the one line of a field is typed. */
export interface Line {
  readonly type?: 'text' | 'email' | 'tel';
  readonly mode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  readonly autocomplete?: string;
  readonly width?: '' | 'short' | 'tiny';
  /** Names and numbers are not words: no correction, no capitals. */
  readonly plain?: boolean;
}

/** A question answered on one line. */
export abstract class LineField extends FieldElement {
  protected get line(): Line {
    return {};
  }

  protected override renderControl(): TemplateResult {
    const { type = 'text', mode = 'text', autocomplete, width = '', plain = false } = this.line;
    return html`<input
      id="control"
      data-at=""
      type=${type}
      class=${width}
      inputmode=${mode}
      autocomplete=${autocomplete ?? 'off'}
      autocapitalize=${plain ? 'off' : nothing}
      spellcheck=${plain ? 'false' : nothing}
      dir=${plain ? 'ltr' : nothing}
      aria-describedby=${this.describedBy || nothing}
      aria-invalid=${this.describedBy.includes('error') ? 'true' : nothing}
      .value=${this.typed}
      @input=${(event: Event) => this.change((event.target as HTMLInputElement).value)}
    />`;
  }

  /** What stands in the box. */
  protected get typed(): string {
    return typeof this.value === 'string' || typeof this.value === 'number' ? String(this.value) : '';
  }
}
