import type { Question } from '#definitions/types/programme.js';
import type { FindingCode } from './codes.js';

/** Everything that may be wrong with an answer, by field type. Apart from the field types, because no browser asks. */
export const FINDINGS_BY_TYPE: Readonly<Record<Question['type'], readonly FindingCode[]>> = {
  text: ['answer.missing', 'answer.type', 'text.characters', 'text.tooLong'],
  longText: ['answer.missing', 'answer.type', 'text.characters', 'text.tooLong'],
  number: ['answer.missing', 'number.notWhole', 'number.tooSmall', 'number.tooLarge'],
  money: ['answer.missing', 'money.notAmount', 'money.tooSmall', 'money.tooLarge'],
  date: ['answer.missing', 'answer.type', 'date.incomplete', 'date.notReal', 'date.tooEarly', 'date.tooLate'],
  yesNo: ['yesNo.missing', 'answer.type'],
  choice: ['choice.missing', 'answer.type', 'choice.unknown'],
  choices: ['choices.missing', 'answer.type', 'choice.unknown', 'choices.repeated', 'choices.tooFew', 'choices.tooMany'],
  email: ['answer.missing', 'answer.type', 'email.malformed'],
  phone: ['answer.missing', 'answer.type', 'phone.malformed'],
  address: ['answer.missing', 'answer.type', 'address.unknownPart', 'address.streetMissing', 'address.townMissing', 'address.postcodeMissing', 'postcode.malformed', 'text.characters', 'text.tooLong'],
  afm: ['answer.missing', 'answer.type', 'afm.malformed', 'afm.zero', 'afm.checkDigit'],
  amka: ['answer.missing', 'answer.type', 'amka.malformed', 'amka.date', 'amka.checkDigit'],
  personalNumber: ['answer.missing', 'answer.type', 'personalNumber.malformed', 'personalNumber.afm'],
  identity: ['identity.missing', 'answer.type', 'identity.kindUnknown', 'identity.valueMissing', 'identity.valueMalformed', 'identity.noneWithOthers', 'identity.repeated', 'afm.malformed', 'afm.zero', 'afm.checkDigit', 'amka.malformed', 'amka.date', 'amka.checkDigit'],
  iban: ['answer.missing', 'answer.type', 'iban.malformed', 'iban.length', 'iban.checkDigits'],
  repeat: ['repeat.tooFew', 'repeat.tooMany', 'answer.type'],
  file: ['file.missing', 'answer.type', 'file.malformed', 'file.repeated', 'file.tooMany'],
  declaration: ['declaration.missing', 'answer.type'],
  information: ['answer.unknown'],
  computed: ['answer.unknown'],
};
