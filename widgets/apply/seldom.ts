/** What only some forms and some readers need, fetched when they do. Each rejects when a part cannot be fetched. */
import type { Programme, Question } from '#definitions/types/programme.js';
import { commonTypes } from '#forms/fields/common-types.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import { needsOperators, questionsOf } from '#forms/pages/prepared.js';
import '#widgets/fields/common-fields.js';
import type * as DetoursModule from './detours.js';

/** What this form takes beyond what all take: seldom asked fields and what is said of them, seldom used words of the language. */
export async function loadRest(programme: Programme, texts: FormTexts): Promise<void> {
  const isRare = asksRare(questionsOf(programme));
  await Promise.all([needsOperators(programme) && import('#forms/pages/whole-language.js'), isRare && import('#widgets/fields/rare-fields.js'), isRare && learnSentences(texts)]);
}

/** Ways off the straight road, and their sentences among the others. */
export async function loadDetours(language: Language, texts: object): Promise<typeof DetoursModule> {
  const [detours, { saved }] = await Promise.all([import('./detours.js'), language === 'el' ? import('./texts/saved/el.js') : import('./texts/saved/en.js')]);
  Object.assign(texts, saved);
  return detours;
}

function asksRare(questions: readonly Question[]): boolean {
  return questions.some(({ type, items = [] }) => !Object.hasOwn(commonTypes, type) || asksRare(items));
}

async function learnSentences({ language, findings }: FormTexts): Promise<void> {
  Object.assign(findings, language === 'el' ? (await import('#forms/findings/texts/rare/el.js')).el : (await import('#forms/findings/texts/rare/en.js')).en);
}
