import type { RareTexts } from '#forms/findings/tell.js';

/** What is said of fields that few forms ask (`forms/fields/rare-types.ts`): loaded with them. */
export const el: RareTexts = {
  'choices.missing': 'Επιλέξτε τουλάχιστον μία απάντηση: {label}',
  'number.notWhole': 'Γράψτε έναν ακέραιο αριθμό, για παράδειγμα 3.',
  'number.tooSmall': 'Ο αριθμός πρέπει να είναι {min} ή μεγαλύτερος.',
  'number.tooLarge': 'Ο αριθμός πρέπει να είναι {max} ή μικρότερος.',
  'money.notAmount': 'Γράψτε ένα ποσό σε ευρώ, για παράδειγμα 1.234,50.',
  'money.tooSmall': 'Το ποσό πρέπει να είναι {min} ή μεγαλύτερο.',
  'money.tooLarge': 'Το ποσό πρέπει να είναι {max} ή μικρότερο.',
  'choices.tooFew': 'Επιλέξτε τουλάχιστον {min} απαντήσεις.',
  'choices.tooMany': 'Επιλέξτε έως {max} απαντήσεις.',
  'personalNumber.malformed': 'Ο Προσωπικός Αριθμός έχει 3 χαρακτήρες και μετά τα 9 ψηφία του ΑΦΜ.',
  'personalNumber.afm': 'Τα 9 τελευταία ψηφία πρέπει να είναι ο ΑΦΜ σας. Ελέγξτε τα ένα προς ένα.',
};
