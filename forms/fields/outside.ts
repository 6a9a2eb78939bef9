import { ADDRESS_PARTS } from './address.js';
import type { FieldContext, FieldType } from './field-type.js';
import { eachWrong } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { isString } from './shapes.js';

const DOCUMENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNKNOWN_PARTS_MAX = 5;

/**
 * What no form makes of what is typed into it, and answers that come from outside may hold. Judged wherever all field
 * types are known (`field-types.ts`); no citizen's browser loads it.
 */
const JUDGES = {
  address: (parts: object): readonly FieldFinding[] =>
    Object.keys(parts)
      .filter((name) => !(ADDRESS_PARTS as readonly string[]).includes(name))
      .slice(0, UNKNOWN_PARTS_MAX)
      .map((name) => ({ code: 'address.unknownPart', params: { name } })),
  file: (list: readonly unknown[]): readonly FieldFinding[] => {
    const findings = eachWrong(list, { code: 'file.malformed', isRight: (one) => isString(one) && DOCUMENT_ID.test(one) });
    if (new Set(list).size < list.length) findings.push({ code: 'file.repeated' });
    return findings;
  },
};

/** The same type for answers from outside. What is wrong with the whole of a value (its shape, its length) comes alone. */
function strict(type: FieldType, judge: (value: never) => readonly FieldFinding[]): FieldType {
  return {
    ...type,
    validate: (value: unknown, context: FieldContext) => {
      const found = type.validate(value, context);
      return found.some(({ at }) => at === undefined) ? found : [...judge(value as never), ...found];
    },
  };
}

export function strictTypes({ address, file }: { readonly address: FieldType; readonly file: FieldType }): { readonly address: FieldType; readonly file: FieldType } {
  return { address: strict(address, JUDGES.address), file: strict(file, JUDGES.file) };
}
