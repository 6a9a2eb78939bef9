import type { Question } from '#definitions/types/programme.js';

/** `longText` → `dk-long-text-field`: the element of a field type has its name. */
export function tagOf(type: Question['type']): string {
  return `dk-${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-field`;
}
