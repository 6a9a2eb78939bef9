import { html } from '#widgets/elements/template.js';
import type { Field, FieldView } from './field.js';
import { grouped } from './field.js';
import { renderPart } from './line.js';

const BOXES = [
  { box: 'day', width: 'tiny', lengthMax: 2 },
  { box: 'month', width: 'tiny', lengthMax: 2 },
  { box: 'year', width: 'year', lengthMax: 4 },
] as const;

/** A day in three boxes: dates that people remember are typed faster than they are found in a calendar. */
export const date: FieldView = (field) => {
  const { form, question, pointer, wrong, change } = field;
  return grouped(
    field,
    html`<div class="row" dir="ltr">
      ${BOXES.map(({ box, ...typing }) =>
        renderPart(form.say(box), {
          ...typing,
          id: box === 'day' ? pointer : `${pointer}/${box}`,
          mode: 'numeric',
          autocomplete: question.role === 'applicantBirthDate' ? `bday-${box}` : 'off',
          wrong,
          value: typedIn(field)[box],
          change: (text) => change({ ...typedIn(field), [box]: text }),
        }),
      )}
    </div>`,
  );
};

function typedIn({ answer }: Field): Readonly<Record<string, unknown>> {
  const value = answer();
  if (typeof value !== 'string') return value as Readonly<Record<string, unknown>>;
  const [year = '', month = '', day = ''] = value.split('-');
  return { day, month, year };
}
