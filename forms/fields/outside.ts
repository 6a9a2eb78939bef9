import { ADDRESS_PARTS } from './address.js';
import type { FieldContext, FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { isObject, isString } from './shapes.js';
import { wrongMembers } from './wrong-members.js';

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
    const findings = wrongMembers(list, { code: 'file.malformed', isRight: (one) => isString(one) && DOCUMENT_ID.test(one) });
    if (new Set(list).size < list.length) findings.push({ code: 'file.repeated' });
    return findings;
  },
  repeat: (list: readonly unknown[]): readonly FieldFinding[] => wrongMembers(list, { code: 'answer.type', isRight: isObject }),
};

/** What has the wrong shape or is too long is not looked into. */
const CLOSED: readonly FieldFinding['code'][] = ['answer.type', 'file.tooMany', 'repeat.tooMany'];

/** The same type for answers from outside. */
function strict(type: FieldType, judge: (value: never) => readonly FieldFinding[]): FieldType {
  return {
    ...type,
    validate: (value: unknown, context: FieldContext) => {
      const found = type.validate(value, context);
      return found.some(({ code, at }) => at === undefined && CLOSED.includes(code)) ? found : [...judge(value as never), ...found];
    },
  };
}

export function strictTypes({ address, file, repeat }: Readonly<Record<keyof typeof JUDGES, FieldType>>): Readonly<Record<keyof typeof JUDGES, FieldType>> {
  return { address: strict(address, JUDGES.address), file: strict(file, JUDGES.file), repeat: strict(repeat, JUDGES.repeat) };
}
