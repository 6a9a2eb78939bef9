import type { Programme } from '#definitions/types/programme.js';
import { sentence } from '../wording.js';
import { createSpeaker, questionOf } from './speaker.js';
import type { SpokenLanguage } from './speaker.js';

/** What a decision read or lacks (`birthDate`, `household.0.age`, `fact:active`, `document:lease`, `inspection.isHit`) as people call it. */
export function nameRead(programme: Programme, path: string, language: SpokenLanguage): string {
  const [kind = '', id = ''] = path.split(':');
  const declared = kind === 'fact' ? programme.facts : kind === 'document' ? programme.documents : undefined;
  if (declared !== undefined) {
    const found = declared.find((thing) => thing.id === id);
    return found === undefined ? path : sentence(found.title, language);
  }
  const parts = path.split('.');
  const question = questionOf(parts.filter((part) => !/^\d+$/.test(part)).join('.'), createSpeaker(programme, { language }));
  if (question === undefined) return path;
  const positions = parts.filter((part) => /^\d+$/.test(part)).map((part) => Number(part) + 1);
  return `${sentence(question.label, language).replace(/[;?]$/, '')}${positions.length > 0 ? ` (${positions.join('.')})` : ''}`;
}
