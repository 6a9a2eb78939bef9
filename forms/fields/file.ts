import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';

const DOCUMENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FILES_MAX = 20;

/** Files, kept as the ids of uploaded documents; the files themselves travel apart. */
export const file: FieldType = {
  type: 'file',
  isAnswered: true,
  missing: 'file.missing',
  empty: () => [],
  normalise: (raw) => (raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0) ? undefined : raw),
  validate: (value, { document }) => {
    if (!Array.isArray(value)) return [{ code: 'answer.type' }];
    const max = document?.filesMax ?? FILES_MAX;
    if (value.length > max) return [{ code: 'file.tooMany', params: { max } }];
    const findings: FieldFinding[] = value.flatMap((one: unknown, position): FieldFinding[] =>
      typeof one === 'string' && DOCUMENT_ID.test(one) ? [] : [{ code: 'file.malformed', at: `/${position}` }],
    );
    if (new Set<unknown>(value).size < value.length) findings.push({ code: 'file.repeated' });
    return findings;
  },
  summarise: (value, { texts }) => texts.words[Array.isArray(value) && value.length > 0 ? 'given' : 'notGiven'],
};
