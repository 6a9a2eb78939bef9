import type { Message } from '#definitions/types/programme.js';

/** Texts that belong to the engine and not to a programme. */
export const ONE_TIME_CODE: Message = {
  id: '@one-time-code',
  channels: ['email', 'sms'],
  subject: { el: 'Κωδικός για την αίτησή σας', en: 'Code for your application' },
  body: {
    el: 'Ο κωδικός σας είναι {code}. Ισχύει για λίγα λεπτά. Αν δεν τον ζητήσατε εσείς, αγνοήστε αυτό το μήνυμα.\n\nΔήμος {municipality}',
    en: 'Your code is {code}. It is valid for a few minutes. If you did not ask for it, ignore this message.\n\nMunicipality of {municipality}',
  },
  sms: { el: 'Κωδικός: {code}. Δήμος {municipality}', en: 'Code: {code}. Municipality of {municipality}' },
};
