import type { Question } from '#definitions/types/programme.js';
import type { FieldType } from './field-type.js';

type FieldTypes = Record<Question['type'], FieldType>;

/**
 * The field types that are loaded. All of them wherever `field-types.ts` is imported, which `forms/answers` does; a browser
 * takes in those that its form asks for, before it shows the form.
 */
export const fieldTypes: Readonly<FieldTypes> = {} as FieldTypes;

export function learnTypes(types: Partial<Readonly<FieldTypes>>): void {
  Object.assign(fieldTypes, types);
}
