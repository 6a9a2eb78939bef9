import { fieldType } from './field-type.js';
import { inLanguage } from '#forms/findings/tell.js';
import { optionOf } from './choice.js';
import { isList } from './shapes.js';
import { wrongMembers } from './wrong-members.js';

/** Any of the options, kept as a list of their values. An empty list is an answer: none of them. */
export const choices = fieldType({
  missing: 'choices.missing',
  empty: () => [],
  shape: isList,
  normalise: (raw) => (isList(raw) ? [...new Set(raw)] : raw),
  validate: (list, { question }) => {
    const findings = wrongMembers(list, { code: 'choice.unknown', isRight: (one) => optionOf(question, one) !== undefined });
    if (new Set(list).size < list.length) findings.push({ code: 'choices.repeated' });
    const min = question.itemsMin ?? (question.optional === true ? 0 : 1);
    const max = question.itemsMax ?? Infinity;
    if (list.length === 0 && min > 0) findings.push({ code: 'choices.missing' });
    else if (list.length < min) findings.push({ code: 'choices.tooFew', params: { min } });
    if (list.length > max) findings.push({ code: 'choices.tooMany', params: { max } });
    return findings.slice(0, 20);
  },
  summarise: (list, { question, texts }) => (list.length === 0 ? texts.words.noneOfThese : list.map((one) => inLanguage(optionOf(question, one)?.label, texts.language)).join('\n')),
});
