/** How Greek and English speak of days: the words by which a text is held against a deadline. */
export const DAY_PATTERNS = {
  el: /(?<![\p{L}\p{N}])(\d{1,4}|[\p{L}]+)\s+(?:εργάσιμ\p{L}+\s+)?(?:ημερολογιακ\p{L}+\s+)?ημ(?:έρες|ερών)(?!\p{L})/gu,
  en: /(?<![\p{L}\p{N}])(\d{1,4}|[\p{L}]+)\s+(?:working\s+|calendar\s+)?days?(?!\p{L})/gu,
} as const;

export const WORKING_DAYS = { el: /εργάσιμ/u, en: /working/ } as const;

/** From one upward; other words before "days" are no number. */
export const NUMBER_WORDS: { readonly [language in 'el' | 'en']: readonly string[] } = {
  el: ['μία', 'δύο', 'τρεις', 'τέσσερις', 'πέντε', 'έξι', 'επτά', 'οκτώ', 'εννέα', 'δέκα', 'έντεκα', 'δώδεκα', 'δεκατρείς', 'δεκατέσσερις', 'δεκαπέντε', 'δεκαέξι', 'δεκαεπτά', 'δεκαοκτώ', 'δεκαεννέα', 'είκοσι'],
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'],
};

/** In the title of a parameter: on which side of it the good cases lie. */
export const MOST_WORDS = /μέγιστ|ανώτατ|το πολύ|(?<!\p{L})έως(?!\p{L})|τελευταία/iu;
export const LEAST_WORDS = /ελάχιστ|κατώτατ|τουλάχιστον|πρώτη ημέρα|(?<!\p{L})από$/iu;
