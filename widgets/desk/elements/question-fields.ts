import type { DocumentKind, Question } from '#definitions/types/programme.js';
import { inLanguage } from '#forms/findings/tell.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import { DiktyoElement, define } from '#widgets/elements/base-element.js';
import { renderErrors } from '#widgets/elements/error-summary.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import { html } from '#widgets/elements/template.js';
import { focusOn } from '#widgets/fields/field.js';
import type { FieldStates, Form } from '#widgets/fields/field.js';
import { fieldStyles } from '#widgets/fields/field.styles.js';
import { renderQuestion } from '#widgets/fields/question.js';
import type { Asking } from '#widgets/fields/question.js';
import { fill } from '#widgets/texts/texts.js';
import type { Params, SharedKey, Texts } from '#widgets/texts/texts.js';

/** The fields that the citizen sees, in a root of their own: the desk's clothes and Lit stay outside. */
export class QuestionFields extends DiktyoElement implements Asking {
  static override styles = DiktyoElement.styles + fieldStyles;
  static override watched = ['heading', 'texts', 'questions', 'typed', 'errors', 'isAsked'];

  /** Above what is wrong. */
  heading!: string;
  texts!: Texts;
  questions!: readonly Question[];
  typed!: Readonly<Record<string, unknown>>;
  errors!: Messages;
  isAsked!: (path: string) => boolean;
  check!: () => Messages;
  set!: (id: string, value: unknown) => void;
  readonly fieldStates: FieldStates = {};

  get language(): Language {
    return this.texts.language;
  }

  get formTexts(): FormTexts {
    return this.texts.form;
  }

  say(key: SharedKey, params?: Params): string {
    return fill(this.texts.say[key], params);
  }

  read(text: Parameters<Form['read']>[0]): string {
    return inLanguage(text, this.language);
  }

  /** At the desk, files are taken in beside the form. */
  documentOf(): DocumentKind | undefined {
    return undefined;
  }

  /** The box of mistakes itself, so that it is read from its beginning. */
  async focusErrors(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#errors')?.focus();
  }

  override render(): unknown {
    return html`${renderErrors(this.errors, { heading: this.heading, choose: (pointer) => void focusOn(this, pointer) })}
    ${this.questions.map((question) => this.isAsked(question.id) && renderQuestion(question, this, this))}`;
  }
}

define('question-fields', QuestionFields);
