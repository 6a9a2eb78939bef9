import { expect, test } from 'vitest';
import { fieldTypes } from '#forms/fields/field-types.js';
import { rareTypes } from '#forms/fields/rare-types.js';
import { commonViews } from '#widgets/fields/common-fields.js';
import { rareViews } from '#widgets/fields/rare-fields.js';
import { filesUnder, readJson } from './sources.js';

/** The types a question may have, as the schema of the language lists them. */
function typesOfTheLanguage(): readonly string[] {
  const schema = readJson('definitions/schemas/question.json') as { readonly properties: { readonly type: { readonly enum: readonly string[] } } };
  return [...schema.properties.type.enum].sort();
}

const inCamelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

test('forms knows every type of question of the language, and no other', () => {
  expect(Object.keys(fieldTypes).sort()).toEqual(typesOfTheLanguage());
});

test('forms has one file for each type, named after it', () => {
  const files = filesUnder('forms/fields', (path) => path.endsWith('.ts')).map((path) => inCamelCase(path.slice('forms/fields/'.length, -'.ts'.length)));
  expect(typesOfTheLanguage().filter((type) => !files.includes(type))).toEqual([]);
});

test('widgets shows every type of question, from a file named after it, and no other', () => {
  expect(Object.keys({ ...commonViews, ...rareViews }).sort()).toEqual(typesOfTheLanguage());
  const files = filesUnder('widgets/fields', (path) => path.endsWith('.ts')).map((path) => inCamelCase(path.slice('widgets/fields/'.length, -'.ts'.length)));
  expect(typesOfTheLanguage().filter((type) => !files.includes(type))).toEqual([]);
});

test('a type that a browser loads seldom is shown by what it loads seldom', () => {
  expect(Object.keys(rareViews).sort()).toEqual(Object.keys(rareTypes).sort());
});
