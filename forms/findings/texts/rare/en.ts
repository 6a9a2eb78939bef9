import type { RareTexts } from '#forms/findings/tell.js';

/** What is said of fields that few forms ask (`forms/fields/rare-types.ts`): loaded with them. */
export const en: RareTexts = {
  'choices.missing': 'Select at least one answer: {label}',
  'number.notWhole': 'Enter a whole number, for example 3.',
  'number.tooSmall': 'The number must be {min} or more.',
  'number.tooLarge': 'The number must be {max} or less.',
  'money.notAmount': 'Enter an amount in euros, for example 1234.50.',
  'money.tooSmall': 'The amount must be {min} or more.',
  'money.tooLarge': 'The amount must be {max} or less.',
  'choices.tooFew': 'Select at least {min} answers.',
  'choices.tooMany': 'Select {max} answers or fewer.',
  'personalNumber.malformed': 'A Personal Number has 3 characters followed by the 9 digits of the AFM.',
  'personalNumber.afm': 'The last 9 digits must be your AFM. Check them one by one.',
};
