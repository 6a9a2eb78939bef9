import type { Text } from '#definitions/types/programme.js';

/** Sentences of the engine's own, around what a programme says. Placeholders in braces. */
export const STATUS_TEXTS = {
  filed: { el: 'Λάβαμε την αίτησή σας.', en: 'We have received your application.' },
  filedTitle: { el: 'Παραλαβή', en: 'Received' },
  next: { el: 'Μετά: {next}.', en: 'Next: {next}.' },
  either: { el: ' ή ', en: ' or ' },
  nextStep: { el: 'Μετά: το επόμενο βήμα της υπόθεσης.', en: 'Next: the next step of the case.' },
  sendPapers: { el: 'Στείλτε ή φέρτε τα χαρτιά που λείπουν.', en: 'Send or bring the papers that are missing.' },
  nextPart: { el: 'Επόμενη πληρωμή: {part}, {amount}.', en: 'Next payment: {part}, {amount}.' },
  closed: { el: 'Η υπόθεση έκλεισε. Δεν χρειάζεται να κάνετε κάτι.', en: 'The case is closed. You need not do anything.' },
  appeal: { el: 'Η υπόθεση έκλεισε. Μπορείτε να προσφύγετε έως {date}.', en: 'The case is closed. You may appeal until {date}.' },
  withdrawn: { el: 'Η αίτηση ανακλήθηκε.', en: 'The application was withdrawn.' },
  incident: { el: 'Υπάλληλος του δήμου πρέπει να διορθώσει κάτι για να συνεχίσει η υπόθεση.', en: 'An official must mend something before the case goes on.' },
  lookUp: { el: 'Αναζητήστε: {fact} ({source})', en: 'Look up: {fact} ({source})' },
  factInRegister: { el: '{fact} ({source})', en: '{fact} ({source})' },
  lookingUp: { el: 'Υπάλληλος του δήμου κοιτάζει σε μητρώο: {facts}.', en: 'An official is looking up in a register: {facts}.' },
  inHand: { el: 'Η υπόθεσή σας είναι στον δήμο.', en: 'Your case is with the municipality.' },
} as const satisfies Readonly<Record<string, Text>>;
