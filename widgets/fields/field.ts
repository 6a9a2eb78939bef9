import type { TemplateResult } from '#widgets/elements/template.js';
import { html, keyed, toldLines } from '#widgets/elements/template.js';
import type { DocumentKind, Programme, Question, Text } from '#definitions/types/programme.js';
import type { Localised } from '#definitions/types/wire.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { escapePointer } from '#forms/findings/finding.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import type { DiktyoElement } from '#widgets/elements/base-element.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import type { Params, SharedKey } from '#widgets/texts/texts.js';
import type { Uploads } from './uploads.js';

/** What a field remembers while its page is shown, by pointer. */
export type FieldStates = Record<string, FieldState>;

export interface FieldState {
  /** The member of a list that is being filled in. */
  readonly open?: number;
  /** What is wrong with that member. */
  readonly errors?: Messages;
  /** Of its fields. */
  readonly states?: FieldStates;
  /** Why a file was not even sent. */
  readonly refusal?: string;
}

/** The element in whose root fields stand: all that they may ask for besides their own question and answer. */
export interface Form extends Pick<DiktyoElement, 'renderRoot' | 'requestUpdate' | 'updateComplete'> {
  readonly language: Language;
  /** Sentences of findings and words of summaries. */
  readonly formTexts: FormTexts;
  readonly fieldStates: FieldStates;
  /** What the form is about, for what is worked out of the answers. */
  readonly application?: { readonly programme: Programme; readonly answers: GivenAnswers } | undefined;
  /** Where files go; without it, file questions cannot be answered. */
  readonly uploads?: Uploads;
  say(key: SharedKey, params?: Params): string;
  read(text: Text | Localised | undefined): string;
  /** By path: `household.0.pregnant`. */
  isAsked?(path: string): boolean;
  /** Kind of paper of a file question. */
  documentOf(question: Question): DocumentKind | undefined;
  /** What is wrong with the answers; a list asks before it closes a member. */
  check?(): Messages;
}

/** One question and its answer. */
export interface Asked {
  readonly form: Form;
  readonly question: Question;
  /** JSON pointer of the answer; the id of its control, or the beginning of the ids of its controls. */
  readonly pointer: string;
  readonly errors: Messages;
  readonly states: FieldStates;
  /** What is typed now, not yet normalised. */
  answer(): unknown;
  change(value: unknown): void;
}

/** The same as its type sees it: `errors` are those at and below the pointer. */
export interface Field extends Asked {
  readonly wrong: boolean;
  /** Ids of hint and mistake. */
  readonly described: string;
}

/** What a field type looks like. */
export type FieldView = (field: Field) => unknown;

/** What the field types look like, of those that are loaded. */
export const fieldViews: Readonly<Partial<Record<Question['type'], FieldView>>> = {};

export function learnViews(views: typeof fieldViews): void {
  Object.assign(fieldViews, views);
}

export function fieldOf(asked: Asked): Field {
  const { pointer } = asked;
  const errors = messagesUnder(asked.errors, pointer);
  return { ...asked, errors, wrong: Object.keys(errors).length > 0, described: `hint${pointer} error${pointer}` };
}

export function renderField(asked: Asked): TemplateResult {
  const { question, pointer, answer } = asked;
  const { type } = question;
  return keyed(pointer, html`${fieldViews[type]?.(fieldOf({ ...asked, answer: () => answer() ?? fieldTypes[type].empty(question) }))}`);
}

/** Label, hint, help and mistake, and under them the one control whose id is the pointer. */
export function labelled(field: Field, control: unknown): TemplateResult {
  return html`<div class=${classOf(field)}><label for=${field.pointer}>${renderLabel(field)}</label>${renderUnder(field)}${control}</div>`;
}

/** The same around several controls. */
export function grouped(field: Field, controls: unknown): TemplateResult {
  return html`<fieldset class=${classOf(field)} aria-describedby=${field.described}><legend>${renderLabel(field)}</legend>${renderUnder(field)}${controls}</fieldset>`;
}

export function classOf({ wrong }: Field): string {
  return wrong ? 'field wrong' : 'field';
}

function renderLabel({ form, question }: Field): TemplateResult {
  return html`<span class="label">${form.read(question.label)}</span>${question.optional === true && html` <span class="muted">(${form.say('optional')})</span>`}`;
}

export function renderUnder({ form, question, pointer, errors }: Field): TemplateResult {
  const messages = [...new Set(Object.values(errors))];
  return html`<p class="hint" id="hint${pointer}">${form.read(question.hint)}</p>
    ${question.help !== undefined && html`<details><summary>${form.say('help')}</summary>${form.read(question.help)}</details>`}
    <p class="error" id="error${pointer}">${messages.length > 0 && html`<span class="unseen">${form.say('error')}: </span>${toldLines(messages.join('\n'))}`}</p>`;
}

/** Puts the focus on the control of a pointer, or on the first of those around it; a member of a list is opened for it. */
export async function focusOn(form: Form, pointer: string): Promise<void> {
  const [, id = '', position] = pointer.split('/');
  const list = `/${id}`;
  if (position !== undefined && form.fieldStates[list]?.open !== Number(position)) form.fieldStates[list] = { open: Number(position), states: {} };
  form.requestUpdate();
  await form.updateComplete;
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const escaped = CSS.escape(at);
    const control = form.renderRoot.querySelector<HTMLElement>(`[id="${escaped}"]`) ?? form.renderRoot.querySelector<HTMLElement>(`[id^="${escaped}/"]`);
    if (control === null) continue;
    control.focus();
    control.closest('.field')?.scrollIntoView({ block: 'nearest' });
    return;
  }
}

export function pointerTo(base: string, segment: string | number): string {
  return `${base}/${escapePointer(String(segment))}`;
}

/** The messages at and below a pointer. */
export function messagesUnder(messages: Messages, pointer: string): Messages {
  return Object.fromEntries(Object.entries(messages).filter(([at]) => `${at}/`.startsWith(`${pointer}/`)));
}
