import type { Question } from '#definitions/types/programme.js';
import './choice.js';
import './date.js';
import './declaration.js';
import './information.js';
import './text.js';
import './yes-no.js';

/** Null: in the first bundle. Otherwise loaded when a form asks for it; a new field type is a file and a line here. */
const LATER = {
  text: null,
  longText: () => import('./long-text.js'),
  number: () => import('./number.js'),
  money: () => import('./money.js'),
  date: null,
  yesNo: null,
  choice: null,
  choices: () => import('./choices.js'),
  email: () => import('./email.js'),
  phone: () => import('./phone.js'),
  address: () => import('./address.js'),
  afm: () => import('./afm.js'),
  amka: () => import('./amka.js'),
  personalNumber: () => import('./personal-number.js'),
  identity: () => import('./identity.js'),
  iban: () => import('./iban.js'),
  repeat: () => import('./repeat.js'),
  file: () => import('./file.js'),
  declaration: null,
  information: null,
  computed: () => import('./computed.js'),
} as const satisfies Readonly<Record<Question['type'], (() => Promise<unknown>) | null>>;

/** Every field type that has an element, in the order of the list. */
export const fieldElementTypes = Object.keys(LATER) as readonly Question['type'][];

/** Elements for these questions, those inside repeated groups too. Rejects when a part cannot be fetched. */
export async function loadFields(questions: readonly Question[]): Promise<void> {
  const types = new Set(questions.flatMap((question) => [question.type, ...(question.items ?? []).map((item) => item.type)]));
  await Promise.all([...types].map((type) => LATER[type]?.()));
}
