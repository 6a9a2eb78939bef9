import { fieldType } from './field-type.js';
import { isList } from './shapes.js';

const FILES_MAX = 20;

/** Files, kept as the ids of uploaded documents; the files themselves travel apart. That they are ids is judged in `outside.ts`. */
export const file = fieldType({
  missing: 'file.missing',
  empty: () => [],
  shape: isList,
  normalise: (raw) => (isList(raw) && raw.length === 0 ? undefined : raw),
  validate: (list, { document }) => {
    const max = document?.filesMax ?? FILES_MAX;
    return list.length > max ? [{ code: 'file.tooMany', params: { max } }] : [];
  },
  summarise: (list, { texts }) => texts.words[list.length > 0 ? 'given' : 'notGiven'],
});
