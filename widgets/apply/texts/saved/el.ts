/** What only those read who put their application aside and come back to it. */
export const saved = {
  saved: 'Η αίτησή σας αποθηκεύτηκε',
  savedHow: 'Γράψτε τον κωδικό ή τυπώστε τη σελίδα. Με αυτόν συνεχίζετε από οποιοδήποτε κινητό ή υπολογιστή, έως {date}.',
  savedWarning: 'Όποιος έχει τον κωδικό μπορεί να δει όσα γράψατε. Η αίτηση δεν έχει ακόμη υποβληθεί.',
  copy: 'Αντιγραφή κωδικού',
  copied: 'Ο κωδικός αντιγράφηκε.',
  goOn: 'Συνέχεια της αίτησης',
  resumeTitle: 'Συνέχεια αίτησης που αποθηκεύσατε',
  resumeCode: 'Κωδικός συνέχισης',
  resumeHint: 'Πεζά, κεφαλαία, κενά και παύλες δεν έχουν σημασία.',
  resumeMissing: 'Γράψτε τον κωδικό συνέχισης.',
  resumeUnknown: 'Ο κωδικός δεν βρέθηκε. Ελέγξτε τον γράμμα προς γράμμα. Ίσως έχει λήξει.',
  changed: 'Το πρόγραμμα άλλαξε',
  changedHow: 'Όσα γράψατε έχουν κρατηθεί. Ο δήμος ζητά τώρα και τα εξής. Απαντήστε πριν υποβάλετε.',
};

export type SavedTexts = Readonly<Record<keyof typeof saved, string>>;
