import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { DocumentKind, Question } from '#definitions/types/programme.js';
import { inLanguage } from '#forms/findings/tell.js';
import { DiktyoElement } from '#widgets/elements/base-element.js';
import { fill } from '#widgets/texts/texts.js';
import type { Params, SharedKey, Texts } from '#widgets/texts/texts.js';
import { fieldStyles } from './field.styles.js';
import type { Uploads } from './uploads.js';

/** What a field may look at besides its own question and value. */
export interface Surroundings {
  readonly texts: Texts;
  /** Paths (`household.0.pregnant`) that are not asked now. */
  readonly hidden: ReadonlySet<string>;
  /** Kind of paper of a file question. */
  documentOf(question: Question): DocumentKind | undefined;
  /** Where files go; without it, file questions cannot be answered. */
  readonly uploads?: Uploads;
  /** What is wrong with the answers at and below a pointer; a repeated group asks before it closes a member. */
  check?(pointer: string): Readonly<Record<string, string>>;
}

/**
 * One question: label, hint, error and native control in one shadow root, because names and descriptions do not cross
 * roots. `value` is what is typed, not yet normalised. A change is told by `dk-change` (detail: the new value); it
 * neither bubbles nor leaves the root, for it is personal data.
 */
export abstract class FieldElement extends DiktyoElement {
  static override styles = [...DiktyoElement.styles, fieldStyles];

  static override watched = ['question', 'value', 'errors', 'surroundings', 'pointer'];

  question!: Question;
  value: unknown;
  /** Messages by JSON pointer inside the value; "" is the whole. */
  errors: Readonly<Record<string, string>> = {};
  surroundings!: Surroundings;
  /** JSON pointer of this question in the answers. */
  pointer = '';

  /** Several controls under one name: a fieldset with a legend instead of a label. */
  protected get isGroup(): boolean {
    return false;
  }

  override render(): unknown {
    if (this.question === undefined || this.surroundings === undefined) return nothing;
    const wrong = Object.keys(this.errors).length > 0 ? 'field wrong' : 'field';
    const text = html`<span class="label">${this.read(this.question.label)}</span>${this.#renderOptional()}`;
    if (!this.isGroup) return html`<div class=${wrong}><label for="control">${text}</label>${this.renderUnder()}${this.renderControl()}</div>`;
    return html`<fieldset class=${wrong} aria-describedby=${this.describedBy}>
      <legend>${text}</legend>
      ${this.renderUnder()}${this.renderControl()}
    </fieldset>`;
  }

  protected abstract renderControl(): TemplateResult;

  /** Puts the focus on the control of a pointer inside the value. */
  async focusAt(inside = ''): Promise<void> {
    await this.updateComplete;
    const controls = [...this.renderRoot.querySelectorAll<HTMLElement>('input,select,textarea,button')];
    const wanted = controls.find((control) => control.dataset['at'] === inside) ?? controls.find((control) => control.dataset['at'] !== undefined) ?? controls[0];
    wanted?.focus();
    this.scrollIntoView({ block: 'nearest' });
  }

  protected say(key: SharedKey, params: Params = {}): string {
    return fill(this.surroundings.texts.say[key], params);
  }

  protected read(text: Question['hint']): string {
    return inLanguage(text, this.surroundings.texts.language);
  }

  protected change(value: unknown): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent('dk-change', { detail: value }));
  }

  protected errorAt(inside: string): boolean {
    return this.errors[inside] !== undefined;
  }

  /** Ids of hint and error, for `aria-describedby`; "" and the attribute is still valid. */
  protected get describedBy(): string {
    return [this.question.hint === undefined ? '' : 'hint', Object.keys(this.errors).length > 0 ? 'error' : ''].filter(Boolean).join(' ');
  }

  #renderOptional(): unknown {
    return this.question.optional === true && this.question.type !== 'declaration' ? html` <span class="optional">(${this.say('optional')})</span>` : nothing;
  }

  protected renderUnder(): unknown {
    const messages = [...new Set(Object.values(this.errors))];
    return html`${this.question.hint === undefined ? nothing : html`<p class="hint" id="hint">${this.read(this.question.hint)}</p>`}
    ${this.question.help === undefined ? nothing : html`<details><summary>${this.say('help')}</summary>${this.read(this.question.help)}</details>`}
    ${messages.length === 0
      ? nothing
      : html`<p class="error" id="error"><span class="unseen">${this.say('error')}: </span>${messages.map((message) => html`<span class="line">${message}</span>`)}</p>`}`;
  }
}
