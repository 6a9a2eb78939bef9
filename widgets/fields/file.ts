import { html } from '#widgets/elements/template.js';
import type { TemplateResult } from '#widgets/elements/template.js';
import type { DocumentKind } from '#definitions/types/programme.js';
import { localeOf } from '#forms/findings/tell.js';
import type { Field, FieldView, Form } from './field.js';
import { focusOn, labelled } from './field.js';
import type { FileView } from './uploads.js';

/** Files: what may be sent, how far each has come, and what became of it. */
export const file: FieldView = (field) => {
  const { form, question, pointer, described, wrong, states } = field;
  const document = form.documentOf(question);
  const refusal = states[pointer]?.refusal ?? '';
  const files = listFiles(field);
  return (
    document !== undefined &&
    labelled(
      field,
      html`<p class="hint" id="rules${pointer}">${form.say('fileRules', rulesOf(document, form))}</p>
        ${refusal !== '' && html`<p class="error" role="alert">${refusal}</p>`}
        <input
          id=${pointer}
          class="unseen"
          type="file"
          multiple
          accept=${document.acceptedTypes.join()}
          aria-describedby=${`rules${pointer} ${described}`}
          aria-invalid=${refusal !== '' || wrong}
          @change=${(event: Event) => take(field, event.target as HTMLInputElement, document)}
        /><label for=${pointer} class="button second">${form.say('fileChoose')}</label>
        ${files.length > 0 && html`<ul class="files">${files.map((one) => renderFile(field, one))}</ul>`}`,
    )
  );
};

function renderFile(field: Field, { key, name, sizeBytes, state, percent, message }: FileView): TemplateResult {
  const { form, pointer } = field;
  const { uploads } = form;
  const said = {
    uploading: form.say('fileUploading', { percent }),
    waiting: form.say('fileWaiting'),
    failed: form.say('fileFailed'),
    quarantined: form.say('fileQuarantined'),
    clean: form.say('fileClean'),
    refused: form.say('fileRefused'),
  }[state];
  return html`<li>
    <span
      ><b>${name}</b> <span class="hint">${tellSize(sizeBytes, form)}</span><br />
      <span role="status" class=${state === 'refused' || state === 'failed' ? 'error' : 'hint'}>${said} ${message}</span>
      ${state === 'uploading' && html`<progress max="100" value=${percent} aria-label=${name}></progress>`}</span
    >
    ${state === 'failed' && html`<button type="button" class="link" @click=${() => uploads?.again(pointer, key)}>${form.say('tryAgain')}</button>`}
    <button type="button" class="link" @click=${() => {
      uploads?.remove(pointer, key);
      refuse(field);
      void focusOn(form, pointer);
    }}>${form.say('remove')}<span class="unseen">: ${name}</span></button>
  </li>`;
}

function refuse({ form, pointer, states }: Field, refusal = ''): void {
  states[pointer] = { refusal };
  form.requestUpdate();
}

function listFiles({ form, pointer, answer }: Field): readonly FileView[] {
  const ids = answer();
  return form.uploads?.list(pointer, Array.isArray(ids) ? (ids as readonly string[]) : []) ?? [];
}

/** What the browser can tell at once; the engine looks at the bytes. */
function take(field: Field, input: HTMLInputElement, document: DocumentKind): void {
  const { form, pointer } = field;
  const { types, size, count } = rulesOf(document, form);
  let refusal = '';
  let room = document.filesMax - listFiles(field).length;
  for (const chosen of input.files ?? []) {
    const { name } = chosen;
    if (!(document.acceptedTypes as readonly string[]).includes(chosen.type)) refusal = form.say('fileType', { name, types });
    else if (chosen.size > document.sizeBytesMax) refusal = form.say('fileSize', { name, size });
    else if (chosen.size === 0) refusal = form.say('fileEmpty', { name });
    else if (room <= 0) refusal = form.say('fileCount', { count });
    else {
      room -= 1;
      form.uploads?.add(pointer, chosen, document);
    }
  }
  input.value = '';
  refuse(field, refusal);
}

function rulesOf({ acceptedTypes, sizeBytesMax, filesMax }: DocumentKind, form: Form): { types: string; size: string; count: number } {
  const names = acceptedTypes.map((type) => type.replace(/.*\//, '').replace('jpeg', 'jpg').toUpperCase());
  return { types: new Intl.ListFormat(localeOf(form.language), { type: 'disjunction' }).format(names), size: tellSize(sizeBytesMax, form), count: filesMax };
}

function tellSize(bytes: number, { language }: Form): string {
  const [size, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return size.toLocaleString(localeOf(language), { style: 'unit', unit, maximumFractionDigits: 1 });
}
