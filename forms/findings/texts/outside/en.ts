/** What no form can make of what is typed into it: only answers that come from outside may be so. */
export const en = {
  'answers.tooLarge': 'There are more answers than the application can hold.',
  'answers.notObject': 'The answers must be a JSON object with one value for each question.',
  'answer.unknown': 'The application does not ask for this. Remove it.',
  'choices.repeated': 'The same answer is there twice.',
  'address.unknownPart': 'An address has no part “{name}”. Remove it.',
  'identity.kindUnknown': 'Select the kind of document from the list.',
  'file.malformed': 'The file was not found. Upload it again.',
  'file.repeated': 'The same file is there twice.',
};
