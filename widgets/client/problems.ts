import type { Localised, Problem } from '#definitions/types/wire.js';
import type { Language } from '#forms/findings/tell.js';

/** A text of the wire in the reader's language. */
export function readLocalised(text: Localised | undefined, language: Language): string {
  if (text === undefined) return '';
  return text[language] ?? (language === 'el' ? text.el : text.en);
}

/** The refusal as a sentence for the person. */
export function tellProblem(problem: Problem, language: Language): string {
  return readLocalised(problem.detail, language) || readLocalised(problem.title, language);
}

/** The findings of a refusal by JSON pointer into the answers; those about anything else are under "". */
export function messagesOf(problem: Problem | undefined, language: Language): Readonly<Record<string, string>> {
  const messages: Record<string, string> = {};
  for (const { pointer, message } of problem?.findings ?? []) {
    const at = pointer.startsWith('/answers/') ? pointer.slice('/answers'.length) : '';
    messages[at] ??= readLocalised(message, language);
  }
  return messages;
}
