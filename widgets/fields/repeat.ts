import { html, toldLines } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { Question } from '#definitions/types/programme.js';
import { normaliseAnswer } from '#forms/answers/normalise.js';
import { titleOfMember } from '#forms/answers/summarise.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { REPEAT_ITEMS_MAX } from '#forms/fields/repeat.js';
import type { Field, FieldView } from './field.js';
import { focusOn, grouped, messagesUnder, pointerTo, renderField } from './field.js';

type Member = Readonly<Record<string, unknown>>;

/** One member of a list. */
interface Place {
  readonly field: Field;
  readonly member: Member;
  readonly position: number;
  readonly pointer: string;
  readonly title: string;
  readonly asked: readonly Question[];
}

/** The members of a list: a card each, and the questions of the one that is being filled in. */
export const repeat: FieldView = (field) => {
  const { form, question, pointer, states } = field;
  const { open } = states[pointer] ?? {};
  const members = membersOf(field);
  return grouped(
    field,
    html`${members.map((_, position) => (position === open ? renderOpen : renderCard)(placeOf(field, position)))}
    ${open === undefined && members.length < (question.itemsMax ?? REPEAT_ITEMS_MAX) &&
    html`<button type="button" class="button second" id=${pointer} @click=${() => add(field)}>${form.say('add', { what: placeOf(field, members.length).title })}</button>`}`,
  );
};

function placeOf(field: Field, position: number): Place {
  const { form, question, pointer } = field;
  return {
    field,
    position,
    member: membersOf(field)[position] ?? {},
    pointer: pointerTo(pointer, position),
    title: titleOfMember(question.itemTitle, { position, texts: form.formTexts }),
    asked: (question.items ?? []).filter(({ id }) => form.isAsked?.(`${question.id}.${position}.${id}`) !== false),
  };
}

function renderCard(place: Place): TemplateResult {
  const { field, member, title, asked, pointer } = place;
  const { form, errors } = field;
  return html`<div class="box ${Object.keys(messagesUnder(errors, pointer)).length > 0 ? 'wrong' : ''}">
    <p class="label">${title}</p>
    <dl class="card">
      ${asked.map((item) => {
        const value = normaliseAnswer(item, member[item.id]);
        const text = value === undefined ? '' : fieldTypes[item.type].summarise(value, { question: item, texts: form.formTexts });
        return text !== '' && html`<dt class="hint">${form.read(item.label)}</dt><dd>${toldLines(text)}</dd>`;
      })}
    </dl>
    <div class="row">
      <button type="button" class="link" id=${pointer} @click=${() => void focusOn(form, pointer)}>${form.say('change')}<span class="unseen">: ${title}</span></button>
      ${renderRemove(place)}
    </div>
  </div>`;
}

function renderOpen(place: Place): TemplateResult {
  const { field, position, title, asked, pointer } = place;
  const { form, question, change } = field;
  const { errors = field.errors, states = {} } = field.states[field.pointer] ?? {};
  return html`<fieldset class="box" @keydown=${holdEnter}>
    <legend class="label">${title}</legend>
    ${question.items?.map(
      (item) =>
        asked.includes(item) &&
        renderField({
          form,
          question: item,
          pointer: pointerTo(pointer, item.id),
          errors,
          states,
          answer: () => membersOf(field)[position]?.[item.id],
          change: (value) => change(membersOf(field).map((member, other) => (other === position ? { ...member, [item.id]: value } : member))),
        }),
    )}
    <div class="row">
      <button type="button" class="button second" @click=${() => void close(place)}>${form.say('done', { what: title })}</button>
      ${renderRemove(place)}
    </div>
  </fieldset>`;
}

function renderRemove(place: Place): TemplateResult {
  return html`<button type="button" class="link" @click=${() => remove(place)}>${place.field.form.say('remove')}<span class="unseen">: ${place.title}</span></button>`;
}

/** Inside a member, Enter in a line must not leave the page that the member is on. */
function holdEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.target as Element).matches('input:not([type=file])')) event.preventDefault();
}

function membersOf({ answer }: Field): readonly Member[] {
  const members = answer();
  return Array.isArray(members) ? (members as readonly Member[]) : [];
}

function add(field: Field): void {
  const { form, pointer, change } = field;
  const members = membersOf(field);
  change([...members, {}]);
  void focusOn(form, pointerTo(pointer, members.length));
}

function remove({ field, position }: Place): void {
  const { form, pointer, states, change } = field;
  states[pointer] = {};
  form.uploads?.drop(pointer, position);
  change(membersOf(field).filter((_, other) => other !== position));
  void focusOn(form, pointer);
}

/** A member is closed only when nothing is wrong with it. */
function close({ field, pointer }: Place): Promise<void> {
  const { form, states } = field;
  const errors = messagesUnder(form.check?.() ?? {}, pointer);
  const [first] = Object.keys(errors);
  states[field.pointer] = first === undefined ? {} : { ...states[field.pointer], errors };
  return focusOn(form, first ?? field.pointer);
}
