import { html } from '#widgets/elements/template.js';
import { LONG_TEXT_LENGTH_MAX } from '#forms/fields/long-text.js';
import { tellFinding } from '#forms/findings/tell.js';
import type { FieldView } from './field.js';
import { labelled } from './field.js';

/** Several lines of text, with what is left of the room. */
export const longText: FieldView = (field) => {
  const { form, question, pointer, described, wrong, answer, change } = field;
  const value = answer();
  const typed = typeof value === 'string' ? value : '';
  const max = question.lengthMax ?? LONG_TEXT_LENGTH_MAX;
  const left = max - [...typed].length;
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
      <p class="hint" id="count${pointer}">${left < 0 ? tellFinding({ code: 'text.tooLong', params: { max, over: -left } }, form.formTexts) : form.say('charactersLeft', { left })}</p>`,
  );
};
