import type { Page, Programme, Question } from '#definitions/types/programme.js';

const text = (word: string): { el: string; en: string } => ({ el: word, en: word });

/** A question with what every question needs. */
export function question(part: Partial<Question> & Pick<Question, 'id' | 'type'>): Question {
  return { label: text(part.id), ...part };
}

/** A programme with these pages and nothing else. */
export function programmeOf(pages: readonly (Partial<Page> & { readonly questions: readonly Question[] })[], rest: Partial<Programme> = {}): Programme {
  return {
    schemaVersion: '1',
    id: 'example',
    title: text('example'),
    summary: text('example'),
    mode: 'rolling',
    category: 'emergency',
    legalBasis: ['example'],
    opening: { from: '2020-01-01' },
    contact: { phone: '210 0000000' },
    nextSteps: text('next'),
    form: { pages: pages.map((page, position) => ({ id: `page${position + 1}`, title: text(`page ${position + 1}`), ...page, questions: [...page.questions] })) },
    documents: [],
    parameters: [],
    tables: [],
    facts: [],
    computed: [],
    rules: [],
    flow: { stages: [], steps: [] } as unknown as Programme['flow'],
    messages: [],
    holidays: [],
    overlayable: [],
    ...rest,
  };
}

export const TODAY = '2026-11-22';
