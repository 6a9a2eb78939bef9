import { expect, test } from 'vitest';
import { fieldTypes } from '#forms/fields/field-types.js';
import { filesUnder, readJson, readText } from './sources.js';

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

test('widgets has one element for each type, and no other: <dk-long-text-field> for longText', () => {
  const texts = filesUnder('widgets/fields', (path) => path.endsWith('.ts')).map(readText);
  const defined = texts.flatMap((text) => [...text.matchAll(/\bdefine\(\s*'dk-([a-z-]+)-field'/g)].map((match) => inCamelCase(match[1] ?? '')));
  expect(defined.sort()).toEqual(typesOfTheLanguage());
});
