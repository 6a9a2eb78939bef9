import { eachWrong, fieldType } from './field-type.js';
import { isList, isString } from './shapes.js';

const DOCUMENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FILES_MAX = 20;

/** Files, kept as the ids of uploaded documents; the files themselves travel apart. */
export const file = fieldType({
  missing: 'file.missing',
  empty: () => [],
  shape: isList,
  normalise: (raw) => (isList(raw) && raw.length === 0 ? undefined : raw),
  validate: (list, { document }) => {
    const max = document?.filesMax ?? FILES_MAX;
    if (list.length > max) return [{ code: 'file.tooMany', params: { max } }];
    const findings = eachWrong(list, { code: 'file.malformed', isRight: (one) => isString(one) && DOCUMENT_ID.test(one) });
    if (new Set(list).size < list.length) findings.push({ code: 'file.repeated' });
    return findings;
  },
  summarise: (list, { texts }) => texts.words[list.length > 0 ? 'given' : 'notGiven'],
});
