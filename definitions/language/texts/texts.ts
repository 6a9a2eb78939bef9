import type { Text } from '#definitions/types/programme.js';
import { EL } from './el.js';
import { EN } from './en.js';

type Key = keyof typeof EL;

/** The sentences that the language itself says; everything else is said by a definition. */
export const TEXTS: { readonly [key in Key]: Text } = Object.fromEntries(
  (Object.keys(EL) as Key[]).map((key) => [key, { el: EL[key], en: EN[key] }]),
) as { readonly [key in Key]: Text };
