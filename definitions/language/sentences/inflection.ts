import type { SpokenLanguage } from './speaker.js';

/**
 * How the beginning of a phrase changes with its place. Names stand in quotes and never change; only the few words with
 * which phrases begin do. A hole `{2a}` of a pattern wants the accusative, `{2s}` stands right behind the σ of «σε».
 */
const ACCUSATIVES: { readonly [language in SpokenLanguage]: readonly (readonly [string, string])[] } = {
  el: [
    ['η ', 'την '],
    ['οι μήνες ', 'τους μήνες '],
    ['οι ημέρες ', 'τις ημέρες '],
    ['ο κατάλογος ', 'τον κατάλογο '],
  ],
  en: [],
};

/** The phrase of an operand as each hole of its number wants it. */
export function inflect(hole: string, said: string, language: SpokenLanguage): { readonly [hole: string]: string } {
  const found = ACCUSATIVES[language].find(([plain]) => said.startsWith(plain));
  const accusative = found === undefined ? said : found[1] + said.slice(found[0].length);
  return { [hole]: said, [`${hole}a`]: accusative, [`${hole}s`]: /^τ(?:ην|ον|ους|ις|ο|α) /.test(accusative) ? accusative : `ε ${accusative}` };
}

/** The way back: what stands in holes, by the plain names of the holes, as it is said by itself. */
export function uninflect(holes: Readonly<Record<string, string>>, language: SpokenLanguage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(holes).map(([hole, text]) => {
      const [, plain, form] = /^(\d+)([as])$/.exec(hole) ?? [];
      if (plain === undefined) return [hole, text];
      const accusative = form === 's' && text.startsWith('ε ') ? text.slice(2) : text;
      const found = ACCUSATIVES[language].find(([, changed]) => accusative.startsWith(changed));
      return [plain, found === undefined ? accusative : found[0] + accusative.slice(found[1].length)];
    }),
  );
}
