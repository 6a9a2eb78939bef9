import { el as form } from '#forms/findings/texts/asked/el.js';
import { say } from '#widgets/texts/say/el.js';
import type { OwnTexts } from '#widgets/texts/texts.js';
import type { SavedTexts } from './saved/el.js';

const own = {
  municipality: 'Δήμος {name}',
  start: 'Έναρξη αίτησης',
  resume: 'Έχω κωδικό συνέχισης',
  applicant: 'Για ποιον κάνετε την αίτηση;',
  self: 'Για εμένα',
  relative: 'Για συγγενή μου, που με έχει εξουσιοδοτήσει',
  relativeHint: 'Όπου λέμε «εσείς», απαντήστε για τον συγγενή σας.',
  before: 'Πριν ξεκινήσετε',
  papers: 'Χαρτιά που ίσως χρειαστούν',
  papersLater: 'Η αίτηση γίνεται και χωρίς αυτά. Θα τα φέρετε αργότερα.',
  opensOn: 'Οι αιτήσεις ανοίγουν στις {date}.',
  closedOn: 'Οι αιτήσεις έκλεισαν στις {date}.',
  openUntil: 'Αιτήσεις έως και {date}.',
  step: 'Βήμα {number} από {count}',
  why: 'Γιατί τα ζητάμε',
  saveLater: 'Αποθήκευση για αργότερα',
  savedFailed: 'Δεν αποθηκεύτηκε ακόμα. Μην κλείσετε τη σελίδα: όσα γράψατε μένουν εδώ.',
  saving: 'Αποθηκεύεται…',
  check: 'Ελέγξτε όσα γράψατε',
  notAnswered: 'Δεν απαντήσατε',
  submit: 'Υποβολή αίτησης',
  sending: 'Υποβάλλεται…',
  checking: 'Η σύνδεση κόπηκε. Ελέγχουμε αν η αίτηση παραλήφθηκε. Μην κλείσετε τη σελίδα: δεν θα υποβληθεί δύο φορές.',
  unknown: 'Δεν ξέρουμε ακόμα αν η αίτηση παραλήφθηκε. Δοκιμάστε ξανά: δεν θα υποβληθεί δύο φορές.',
  uploadsBusy: 'Κάποια αρχεία ανεβαίνουν ακόμα. Περιμένετε και δοκιμάστε ξανά.',
  done: 'Η αίτησή σας παραλήφθηκε',
  protocol: 'Αριθμός πρωτοκόλλου',
  tracking: 'Κωδικός παρακολούθησης',
  trackingHint: 'Κρατήστε τον: δείχνει πού βρίσκεται η αίτησή σας.',
  filedAt: 'Υποβλήθηκε',
  next: 'Τι γίνεται τώρα',
  missing: 'Χαρτιά που λείπουν ακόμα',
  missingHint: 'Στείλτε τα με τον κωδικό παρακολούθησης ή φέρτε τα στον δήμο.',
  saveReceipt: 'Αποθήκευση απόδειξης',
};

/** What is said from the beginning; the rest is there once it is loaded. */
export type ApplyTexts = Readonly<Record<keyof typeof own, string> & Partial<SavedTexts>>;
export const texts: OwnTexts<ApplyTexts> = { say, own, form: { findings: form.sentences, words: form.words } };
