import { fieldType } from './field-type.js';
import { tellNumber } from '#forms/findings/tell.js';
import { isList } from './shapes.js';

export const REPEAT_ITEMS_MAX = 30;

/** A group of questions for each member of a list. The answers inside the members are judged by `forms/answers`, question by question; that they are members at all, in `outside.ts`. */
export const repeat = fieldType({
  missing: 'repeat.tooFew',
  empty: () => [],
  shape: isList,
  validate: (list, { question: { itemsMin: min = 0, itemsMax: max = REPEAT_ITEMS_MAX } }) => {
    if (list.length > max) return [{ code: 'repeat.tooMany', params: { max } }];
    return list.length < min ? [{ code: 'repeat.tooFew', params: { min } }] : [];
  },
  summarise: (list, { texts }) => tellNumber(list.length, texts.language),
});
