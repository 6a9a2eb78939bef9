import type { Question } from '#definitions/types/programme.js';
import './address.js';
import './afm.js';
import './amka.js';
import './choice.js';
import './choices.js';
import './computed.js';
import './date.js';
import './declaration.js';
import './email.js';
import './file.js';
import './iban.js';
import './identity.js';
import './information.js';
import './long-text.js';
import './money.js';
import './number.js';
import './personal-number.js';
import './phone.js';
import './repeat.js';
import './text.js';
import './yes-no.js';

/**
 * Where each field type's element comes from; a new field type is a file and a line here. Null: with the rest of the form,
 * in one request, so that no cut of the network comes between two pages. A heavy one may be loaded when a form asks for it.
 */
const SOURCES: Readonly<Record<Question['type'], (() => Promise<unknown>) | null>> = {
  text: null,
  longText: null,
  number: null,
  money: null,
  date: null,
  yesNo: null,
  choice: null,
  choices: null,
  email: null,
  phone: null,
  address: null,
  afm: null,
  amka: null,
  personalNumber: null,
  identity: null,
  iban: null,
  repeat: null,
  file: null,
  declaration: null,
  information: null,
  computed: null,
};

/** Every field type that has an element. */
export const fieldElementTypes = Object.keys(SOURCES) as readonly Question['type'][];

/** Elements for these questions, those inside repeated groups too. Rejects when a part cannot be fetched. */
export async function loadFields(questions: readonly Question[]): Promise<void> {
  const types = new Set(questions.flatMap((question) => [question.type, ...(question.items ?? []).map((item) => item.type)]));
  await Promise.all([...types].map((type) => SOURCES[type]?.()));
}
