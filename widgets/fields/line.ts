import type { TemplateResult } from '#widgets/elements/template.js';
import { html } from '#widgets/elements/template.js';
import type { Field, FieldView } from './field.js';
import { labelled } from './field.js';

/** How a line is typed. */
interface Typing {
  readonly type?: 'text' | 'email' | 'tel';
  readonly mode?: 'numeric' | 'decimal';
  readonly width?: '' | 'short' | 'tiny' | 'year';
  readonly lengthMax?: number;
  readonly autocomplete?: string | undefined;
  /** Words are corrected, begin with capitals and run in the direction of the page; names and numbers do not. */
  readonly isWords?: boolean;
}

interface Line extends Typing {
  readonly id: string;
  readonly value: unknown;
  readonly wrong: boolean;
  readonly described?: string;
  change(typed: string): void;
}

export function renderLine({ id, type = 'text', mode, width = '', lengthMax, autocomplete = 'off', isWords = false, described, wrong, value, change }: Line): TemplateResult {
  return html`<input
    id=${id}
    type=${type}
    class="typed ${width}"
    inputmode=${mode}
    maxlength=${lengthMax}
    autocomplete=${autocomplete}
    autocapitalize=${!isWords && 'off'}
    spellcheck=${!isWords && 'false'}
    dir=${!isWords && 'ltr'}
    aria-describedby=${described}
    aria-invalid=${wrong}
    .value=${typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
    @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
  />`;
}

/** One of several controls of a question, under a label of its own. */
export function renderUnderLabel(id: string, label: string, control: TemplateResult): TemplateResult {
  return html`<div class="part"><label for=${id}>${label}</label>${control}</div>`;
}

export function renderPart(label: string, part: Line): TemplateResult {
  return renderUnderLabel(part.id, label, renderLine(part));
}

export function renderOnlyLine(field: Field, typing: Typing): TemplateResult {
  const { pointer, described, wrong, answer, question, change } = field;
  return renderLine({ id: pointer, described, wrong, value: answer(), change, autocomplete: AUTOCOMPLETE[question.role ?? ''] ?? typing.type, ...typing });
}

const AUTOCOMPLETE: Readonly<Record<string, string>> = { applicantGivenName: 'given-name', applicantFamilyName: 'family-name' };

/** A question answered on one line. */
export function line(typing: Typing): FieldView {
  return (field) => labelled(field, renderOnlyLine(field, typing));
}
