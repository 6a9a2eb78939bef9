import { html, nothing } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Question } from '#definitions/types/programme.js';
import { normaliseAnswer } from '#forms/answers/normalise.js';
import { titleOfMember } from '#forms/answers/summarise.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { REPEAT_ITEMS_MAX } from '#forms/fields/repeat.js';
import { listItemQuestions } from '#forms/pages/pages.js';
import { define, toldLines } from '#widgets/elements/base-element.js';
import { FieldElement } from './field-element.js';
import type { Messages } from './field-nodes.js';
import { FieldNodes, messagesUnder, pointerTo } from './field-nodes.js';

type Member = Readonly<Record<string, unknown>>;

/** The members of a list: a card each, and the questions of the one that is being filled in. */
export class RepeatField extends FieldElement {
  static override watched = [...FieldElement.watched, 'open', 'memberErrors'];

  private open: number | null = null;
  private memberErrors: Messages = {};

  readonly #nodes = new FieldNodes();

  protected override get isGroup(): boolean {
    return true;
  }

  override async focusAt(inside = ''): Promise<void> {
    const position = inside.split('/')[1];
    if (position === undefined) return super.focusAt('');
    this.#show(Number(position));
    await this.updateComplete;
    await this.#nodes.focus(inside);
  }

  protected override renderControl(): TemplateResult {
    const members = this.#members();
    const isFull = members.length >= (this.question.itemsMax ?? REPEAT_ITEMS_MAX);
    return html`${members.map((member, position) => (position === this.open ? this.#renderOpen(member, position) : this.#renderCard(member, position)))}
    ${this.open !== null || isFull
      ? nothing
      : html`<button type="button" class="button second" data-at="" @click=${() => this.#add()}>${this.say('add', { what: this.#what(members.length) })}</button>`}`;
  }

  #renderCard(member: Member, position: number): TemplateResult {
    const { texts } = this.surroundings;
    const title = titleOfMember(this.question.itemTitle, { position, texts: texts.form });
    const isWrong = Object.keys(messagesUnder(this.errors, `/${position}`)).length > 0;
    return html`<div class="box ${isWrong ? 'wrong' : ''}">
      <p class="label">${title}</p>
      <dl>
        ${this.#asked(position).map((item) => {
          const value = normaliseAnswer(item, member[item.id]);
          const text = value === undefined ? '' : fieldTypes[item.type].summarise(value, { question: item, texts: texts.form });
          return text === '' ? nothing : html`<dt class="hint">${this.read(item.label)}</dt><dd>${toldLines(text)}</dd>`;
        })}
      </dl>
      <div class="row">
        <button type="button" class="link" data-member=${position} @click=${() => this.#edit(position)}>${this.say('change')}<span class="unseen">: ${title}</span></button>
        <button type="button" class="link" @click=${() => this.#remove(position)}>${this.say('remove')}<span class="unseen">: ${title}</span></button>
      </div>
    </div>`;
  }

  #renderOpen(member: Member, position: number): TemplateResult {
    const what = this.#what(position);
    const errors = Object.keys(this.memberErrors).length > 0 ? this.memberErrors : this.errors;
    return html`<fieldset class="box">
      <legend class="label">${what}</legend>
      ${this.#asked(position).map((item) =>
        this.#nodes.place(`/${position}${pointerTo('', item.id)}`, {
          question: item,
          base: this.pointer,
          value: member[item.id] ?? fieldTypes[item.type].empty(item),
          errors,
          surroundings: this.surroundings,
          change: (value) => this.#set(position, { [item.id]: value }),
        }),
      )}
      <div class="row">
        <button type="button" class="button second" @click=${() => void this.#close(position)}>${this.say('done', { what })}</button>
        <button type="button" class="link" @click=${() => this.#remove(position)}>${this.say('remove')}<span class="unseen">: ${what}</span></button>
      </div>
    </fieldset>`;
  }

  #members(): readonly Member[] {
    return Array.isArray(this.value) ? (this.value as readonly Member[]) : [];
  }

  #what(position: number): string {
    return titleOfMember(this.question.itemTitle, { position, texts: this.surroundings.texts.form });
  }

  #asked(position: number): readonly Question[] {
    return listItemQuestions(this.question, { path: `${this.question.id}.${position}`, hidden: this.surroundings.hidden });
  }

  #show(position: number): void {
    if (this.open !== position) this.#nodes.clear();
    this.open = position;
  }

  #edit(position: number): void {
    this.#show(position);
    void this.#focusFirst();
  }

  #add(): void {
    const position = this.#members().length;
    this.change([...this.#members(), {}]);
    this.#edit(position);
  }

  #set(position: number, change: Member): void {
    this.change(this.#members().map((member, place) => (place === position ? { ...member, ...change } : member)));
  }

  #remove(position: number): void {
    this.#nodes.clear();
    this.memberErrors = {};
    this.open = null;
    this.surroundings.uploads?.drop(this.pointer, position);
    this.change(this.#members().filter((_, place) => place !== position));
    void super.focusAt('');
  }

  /** A member is closed only when nothing is wrong with it. */
  async #close(position: number): Promise<void> {
    const found = this.surroundings.check?.(pointerTo(this.pointer, position)) ?? {};
    this.memberErrors = Object.fromEntries(Object.entries(found).map(([inside, message]) => [`/${position}${inside}`, message]));
    const [first] = Object.keys(this.memberErrors);
    if (first !== undefined) {
      await this.updateComplete;
      return this.#nodes.focus(first);
    }
    this.open = null;
    return super.focusAt('');
  }

  async #focusFirst(): Promise<void> {
    this.memberErrors = {};
    await this.updateComplete;
    const [first] = this.#asked(this.open ?? 0);
    if (first !== undefined) await this.#nodes.focus(`/${this.open ?? 0}${pointerTo('', first.id)}`);
  }
}

define('dk-repeat-field', RepeatField);
