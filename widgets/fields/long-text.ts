import { html } from '#widgets/elements/template.js';
import { LONG_TEXT_LENGTH_MAX } from '#forms/fields/long-text.js';
import type { Field, FieldView } from './field.js';
import { labelled } from './field.js';

/** Several lines of text, with what is left of the room. */
export const longText: FieldView = (field) => {
  const { question, pointer, described, wrong, answer, change } = field;
  const value = answer();
  const typed = typeof value === 'string' ? value : '';
  const left = (question.lengthMax ?? LONG_TEXT_LENGTH_MAX) - [...typed].length;
  return labelled(
    field,
    html`<textarea
        id=${pointer}
        class="typed"
        rows="5"
        aria-describedby=${`${described} count${pointer}`}
        aria-invalid=${wrong}
        .value=${typed}
        @input=${(event: Event) => change((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <p class="hint" id="count${pointer}">${tellRoom(field, { left, isEmpty: typed === '' })}</p>`,
  );
};

function tellRoom({ form }: Field, { left, isEmpty }: { readonly left: number; readonly isEmpty: boolean }): string {
  if (left < 0) return form.say('charactersOver', { over: -left });
  return isEmpty ? form.say('characters', { max: left }) : form.say('charactersLeft', { left });
}
