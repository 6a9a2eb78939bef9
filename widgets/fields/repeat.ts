import { html, toldLines } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import { normaliseAnswer } from '#forms/answers/normalise.js';
import { titleOfMember } from '#forms/answers/summarise.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { REPEAT_ITEMS_MAX } from '#forms/fields/repeat.js';
import type { Field, FieldView } from './field.js';
import { focusOn, grouped, messagesUnder, pointerTo, renderField } from './field.js';

type Member = Readonly<Record<string, unknown>>;

/** The members of a list: a card each, and the questions of the one that is being filled in. */
export const repeat: FieldView = (field) => {
  const { form, question, pointer, states, change } = field;
  const members = membersOf(field);
  const mayAdd = states[pointer]?.open === undefined && members.length < (question.itemsMax ?? REPEAT_ITEMS_MAX);
  const add = (): void => {
    change([...members, {}]);
    void focusOn(form, pointerTo(pointer, members.length));
  };
  return grouped(
    field,
    html`${members.map((_, position) => renderMember(field, position))}
    ${mayAdd && html`<button type="button" class="button second" id=${pointer} @click=${add}>${form.say('add', { what: titleOf(field, members.length) })}</button>`}`,
  );
};

function renderMember(field: Field, position: number): TemplateResult {
  const { form, question, pointer, states, errors, change } = field;
  const { items = [] } = question;
  const { open, errors: found = errors, states: inner = {} } = states[pointer] ?? {};
  const at = pointerTo(pointer, position);
  const title = titleOf(field, position);
  const typed = (id: string): unknown => membersOf(field)[position]?.[id];
  const asked = items.filter(({ id }) => form.isAsked?.(`${question.id}.${position}.${id}`) !== false);
  const remove = (): void => {
    states[pointer] = {};
    form.uploads?.drop(pointer, position);
    change(membersOf(field).filter((_, other) => other !== position));
    void focusOn(form, pointer);
  };
  const named = html`<span class="unseen">: ${title}</span>`;
  const removal = html`<button type="button" class="link" @click=${remove}>${form.say('remove')}${named}</button>`;
  if (position !== open) {
    return html`<div class=${Object.keys(messagesUnder(errors, at)).length > 0 ? 'box wrong' : 'box'}>
      <p class="label">${title}</p>
      <dl>
        ${asked.map((item) => {
          const value = normaliseAnswer(item, typed(item.id));
          const text = value === undefined ? '' : fieldTypes[item.type].summarise(value, { question: item, texts: form.formTexts });
          return text !== '' && html`<dt class="hint">${form.read(item.label)}</dt><dd>${toldLines(text)}</dd>`;
        })}
      </dl>
      <div class="row"><button type="button" class="link" id=${at} @click=${() => void focusOn(form, at)}>${form.say('change')}${named}</button>${removal}</div>
    </div>`;
  }
  return html`<fieldset class="box" @keydown=${holdEnter}>
    <legend class="label">${title}</legend>
    ${items.map(
      (item) =>
        asked.includes(item) &&
        renderField({
          form,
          question: item,
          pointer: pointerTo(at, item.id),
          errors: found,
          states: inner,
          answer: () => typed(item.id),
          change: (value) => change(membersOf(field).map((member, other) => (other === position ? { ...member, [item.id]: value } : member))),
        }),
    )}
    <div class="row"><button type="button" class="button second" @click=${() => void close(field, at)}>${form.say('done', { what: title })}</button>${removal}</div>
  </fieldset>`;
}

function titleOf({ form, question }: Field, position: number): string {
  return titleOfMember(question.itemTitle, { position, texts: form.formTexts });
}

function membersOf({ answer }: Field): readonly Member[] {
  const members = answer();
  return Array.isArray(members) ? (members as readonly Member[]) : [];
}

/** Inside a member, Enter in a line must not leave the page that the member is on. */
function holdEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.target as Element).matches('input:not([type=file])')) event.preventDefault();
}

/** A member is closed only when nothing is wrong with it. */
function close({ form, states, pointer }: Field, at: string): Promise<void> {
  const errors = messagesUnder(form.check?.() ?? {}, at);
  const [first] = Object.keys(errors);
  states[pointer] = first === undefined ? {} : { ...states[pointer], errors };
  return focusOn(form, first ?? pointer);
}
