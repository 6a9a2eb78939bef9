import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { define } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';

const BOXES = ['day', 'month', 'year'] as const;
const AUTOCOMPLETE = { day: 'bday-day', month: 'bday-month', year: 'bday-year' } as const;

/** A day in three boxes: dates that people remember are typed faster than they are found in a calendar. */
export class DateField extends FieldElement {
  protected override get isGroup(): boolean {
    return true;
  }

  protected override renderControl(): TemplateResult {
    const typed = this.#typed();
    return html`<div class="row" dir="ltr">
      ${BOXES.map(
        (box, position) => html`<div class="part">
          <label for=${box}>${this.say(box)}</label>
          <input
            id=${box}
            data-at=${position === 0 ? '' : `/${box}`}
            class=${box === 'year' ? 'year' : 'tiny'}
            inputmode="numeric"
            maxlength=${box === 'year' ? 4 : 2}
            autocomplete=${this.question.role === 'applicantBirthDate' ? AUTOCOMPLETE[box] : 'off'}
            aria-invalid=${this.describedBy.includes('error') ? 'true' : nothing}
            .value=${typed[box]}
            @input=${(event: Event) => this.change({ ...this.#typed(), [box]: (event.target as HTMLInputElement).value })}
          />
        </div>`,
      )}
    </div>`;
  }

  #typed(): Record<(typeof BOXES)[number], string> {
    if (typeof this.value === 'string') {
      const [year = '', month = '', day = ''] = this.value.split('-');
      return { day, month, year };
    }
    return { day: '', month: '', year: '', ...(this.value as object | undefined) };
  }
}

define('dk-date-field', DateField);
