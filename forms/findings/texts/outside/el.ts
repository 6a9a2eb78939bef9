/** What no form can make of what is typed into it: only answers that come from outside may be so. */
export const el = {
  'answers.tooLarge': 'Οι απαντήσεις είναι περισσότερες από όσες χωρά η αίτηση.',
  'answers.notObject': 'Οι απαντήσεις πρέπει να είναι αντικείμενο JSON με μία τιμή για κάθε ερώτηση.',
  'answer.unknown': 'Η αίτηση δεν ζητά αυτό το στοιχείο. Αφαιρέστε το.',
  'choices.repeated': 'Η ίδια απάντηση υπάρχει δύο φορές.',
  'address.unknownPart': 'Η διεύθυνση δεν έχει στοιχείο «{name}». Αφαιρέστε το.',
  'identity.kindUnknown': 'Επιλέξτε το είδος του εγγράφου από τον κατάλογο.',
  'file.malformed': 'Το αρχείο δεν βρέθηκε. Ανεβάστε το ξανά.',
  'file.repeated': 'Το ίδιο αρχείο υπάρχει δύο φορές.',
};
