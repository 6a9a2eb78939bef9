import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProgramme } from '#definitions/check/check.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';

const ROOT = join(import.meta.dirname, '../../definitions/programmes');

/** What an official writes over: a place in the whole document, and what stands there afterwards (nothing: it is taken out). */
type Slip = readonly [what: string, code: string | null, programme: string, ...changes: readonly (readonly [place: string, value?: unknown])[]];

const AGE_IN_MONTHS = { '>=': [{ monthsBetween: [{ var: 'birthDate' }, { asOf: true }] }, { param: 'applicantAgeYearsMin' }] };
const BOTH_TENURES = { and: [{ '==': [{ var: 'tenure' }, 'owned'] }, { '==': [{ var: 'tenure' }, 'rented'] }] };

/** Things are named by id in a place: `/rules/incomeLimit/condition`. `null`: nothing in the document tells that it is wrong. */
const SLIPS: readonly Slip[] = [
  ['base and step of a limit changed places', 'pairCrossed', 'social-pharmacy', ['/parameters/incomeBaseCents/values/0/value', 150_000], ['/parameters/incomeStepCents/values/0/value', 600_000]],
  ['a limit in euros', 'pairCrossed', 'social-pharmacy', ['/parameters/incomeBaseCents/values/0/value', 6_000]],
  ['a limit in euros, written in the rule', 'centsLikelyEuros', 'social-pharmacy', ['/rules/incomeLimit/condition', { '<=': [{ var: 'incomeCents' }, 6_000] }]],
  ['a limit a hundred times too high', null, 'social-pharmacy', ['/parameters/incomeBaseCents/values/0/value', 60_000_000]],
  ['an amount whose unit is a count', 'unitsMixed', 'social-pharmacy', ['/parameters/incomeBaseCents/unit', 'count']],
  ['a rule on a question that not everybody sees', 'ruleOfSome', 'power-reconnection', ['/rules/cutInTime/when']],
  ['a gap between two bands', 'bandGap', 'children-camp', ['/tables/0/bands/1/from', 1_900_000]],
  ['least and greatest age changed places', 'pairCrossed', 'children-camp', ['/parameters/ageYearsMin/values/0/value', 15], ['/parameters/ageYearsMax/values/0/value', 6]],
  ['the last day of the fire before the first', 'pairCrossed', 'wildfire-aid', ['/parameters/fireLastDay/values/0/value', '2022-07-23']],
  ['a year with two digits turned', 'dateFar', 'wildfire-aid', ['/parameters/fireLastDay/values/0/value', '2062-07-23']],
  ['a month that does not exist', 'parameterValue', 'wildfire-aid', ['/parameters/fireLastDay/values/0/value', '2023-31-12']],
  ['a paper asked of nobody', 'partsContrary', 'wildfire-aid', ['/documents/freeUseDeclaration/requiredWhen', BOTH_TENURES]],
  ['an empty English text', 'textEmpty', 'wildfire-aid', ['/rules/mainHome/reason/false/en', '']],
  ['a word in braces that nothing fills', 'placeholderUnknown', 'wildfire-aid', ['/messages/received/body', { el: 'Ποσό {amounts}.', en: 'Amount {amounts}.' }]],
  ['parts of a payment that do not make the whole', 'sharesIncomplete', 'wildfire-aid', ['/flow/steps/payment/parts/1/sharePercent', 40]],
  ['a reminder after giving up', 'remindsLate', 'wildfire-aid', ['/flow/steps/papers/remind/0/after/days', 90]],
  ['giving up before it is due', 'givesUpEarly', 'wildfire-aid', ['/flow/steps/papers/giveUp/after/days', 5]],
  ['no days for an appeal', 'dueUnlikely', 'wildfire-aid', ['/flow/steps/decision/appeal/days', 0]],
  ['other days for an appeal than its text says', 'dueDiffers', 'wildfire-aid', ['/flow/steps/decision/appeal/days', 30]],
  ['a review due in 900 days', 'dueUnlikely', 'wildfire-aid', ['/flow/steps/deskReview/due/days', 900]],
  ['the late desk is told to the desk', 'escalatesToSame', 'wildfire-aid', ['/flow/steps/deskReview/overdue/escalateTo', 'desk']],
  ['eligible and ineligible changed places', 'eligibleDetour', 'wildfire-aid', ['/flow/steps/firstCheck/next', { eligible: 'doubt', ineligible: 'papers', undecided: 'papers' }]],
  ['a step that leads to itself', 'flowSpins', 'wildfire-aid', ['/flow/steps/receipt/next', 'receipt']],
  ['points that rise with income', 'pointsRise', 'nursery-zografou', ['/tables/incomePoints/bands/0/value', 0], ['/tables/incomePoints/bands/6/value', 45]],
  ['strictly below a limit', 'edgeExcluded', 'social-pharmacy', ['/rules/incomeLimit/condition', { '<': [{ var: 'incomeCents' }, { computed: 'incomeLimitCents' }] }]],
  ['room for an income of 100 euros', 'ruleConstant', 'social-pharmacy', ['/form/pages/*/questions/incomeCents/max', 10_000]],
  ['a percentage of 2000', 'percentBeyond', 'minimum-income', ['/parameters/wageDisregardPercent/values/0/value', 2000]],
  ['a percentage that nobody divides', 'percentUndivided', 'minimum-income', ['/computed/disregardedCents/value', { '*': [{ var: 'wagesCents' }, { param: 'wageDisregardPercent' }] }]],
  ['a reason with the ages of another notice', 'reasonFigure', 'children-camp-per-child', ['/rules/ageFits/reason/false', { el: 'Το παιδί πρέπει να είναι 7 έως 14 ετών.', en: 'The child must be 7 to 14 years old.' }]],
  ['a file of at most 10, meant as megabytes', 'paperImpossible', 'wildfire-aid', ['/documents/lastE1/sizeBytesMax', 10]],
  ['no places', 'capacityNone', 'children-camp', ['/parameters/placesCount/values/0/value', 0]],
  ['more places kept than there are', 'reservesExceed', 'children-camp', ['/parameters/placesCount/values/0/value', 100]],
  ['a due date in a message that has none', 'placeholderEmpty', 'wildfire-aid', ['/messages/received/body', { el: 'Ως {due}.', en: 'By {due}.' }]],
  ['known of what everybody answers', 'knownAlways', 'wildfire-aid', ['/rules/accountGiven/condition', { known: 'isMainHome' }]],
  ['when and condition say the opposite', 'whenSettles', 'wildfire-aid', ['/rules/mainHome/when', { not: { var: 'isMainHome' } }]],
  ['a cap below what one line gives', 'capBelow', 'community-work', ['/points/cap', 5]],
  ['a provision left for later', 'textUnfinished', 'wildfire-aid', ['/rules/mainHome/legalBasis', 'TODO']],
  ['a name with room for two letters', 'nameShort', 'wildfire-aid', ['/form/pages/*/questions/givenName/lengthMax', 2]],
  ['a first day after the last', 'boundsCrossed', 'wildfire-aid', ['/form/pages/*/questions/damageDate/dateMin', { date: '2030-01-01' }], ['/form/pages/*/questions/damageDate/dateMax', { date: '2020-01-01' }]],
  ['two options of one name', 'titleRepeated', 'wildfire-aid', ['/form/pages/*/questions/tenure/options/0/label', { el: 'Το νοικιάζουμε', en: 'We rent it' }]],
  ['a limit that falls with each person', 'amountNegative', 'rent-allowance', ['/parameters/incomeStepCents/values/0/value', -350_000]],
  ['a ceiling below the base', 'pairCrossed', 'rent-allowance', ['/parameters/incomeCentsMax/values/0/value', 210_000]],
  ['both languages Greek', 'textOtherLanguage', 'wildfire-aid', ['/title/en', 'Βοήθεια μετά από πυρκαγιά']],
  ['an age in months against years', 'timeUnitsMixed', 'wildfire-aid', ['/rules/adultApplicant/condition', AGE_IN_MONTHS]],
  ['a telephone number cut short', 'contactUnlikely', 'social-pharmacy', ['/contact/phone', '210 000']],
  ['the name of another municipality', 'municipalityNamed', 'wildfire-aid', ['/nextSteps/el', 'Ο Δήμος Ηλιούπολης απαντά.']],
  ['frozen before applications end', 'snapshotEarly', 'children-camp', ['/selection/snapshotAt', '2020-06-16']],
  ['a refusal that says the opposite of its rule', null, 'wildfire-aid', ['/rules/mainHome/condition', { not: { var: 'isMainHome' } }]],
  ['an applicant who is not counted', null, 'rent-allowance', ['/computed/membersCount/value', { length: { var: 'household' } }]],
  ['another percentage of disability in one text', null, 'wildfire-aid', ['/form/pages/*/questions/applicantDisability67/label', { el: 'Έχετε αναπηρία 80 % και πάνω;', en: 'Do you have a disability of 80 % or more?' }]],
  ['every sum of the award is zero', null, 'rent-allowance', ['/parameters/firstMemberCents/values/0/value', 0], ['/parameters/furtherMemberCents/values/0/value', 0]],
];

const OPTIONS = { municipalities: [{ code: '9172', names: ['Ηλιούπολης', 'Ilioupoli'] }] };

describe('a slip that an official would make', () => {
  it.each(SLIPS.map(([what, code, name, ...changes]) => ({ what, code, name, changes })))('$what: $code', async ({ code, name, changes }) => {
    const { programme } = await readProgrammeFolder(join(ROOT, name));
    const found = new Set(checkProgramme(programme, OPTIONS).map(({ code: each }) => each));
    const document = structuredClone(programme) as unknown;
    for (const [place, value] of changes) write(document, { place: place.split('/').slice(1), value });
    const told = checkProgramme(document, OPTIONS).map(({ code: each }) => each).filter((each) => !found.has(each));
    if (code === null) expect(told).toEqual([]);
    else expect(told).toContain(code);
  });
});

/** A segment is a name, a position, the id of an element, or `*`: whichever page has the rest. */
function write(target: unknown, { place: [head = '', ...rest], value }: { readonly place: readonly string[]; readonly value: unknown }): void {
  if (head === '*') {
    const part = (target as readonly unknown[]).find((each) => JSON.stringify(each).includes(`"id":"${rest[1] ?? ''}"`));
    return write(part, { place: rest, value });
  }
  const key = Array.isArray(target) && !/^\d+$/.test(head) ? target.findIndex((each: { readonly id?: string }) => each.id === head) : head;
  if (key === -1) throw new Error(`no ${head}`);
  const parent = target as Record<string | number, unknown>;
  if (rest.length > 0) return write(parent[key], { place: rest, value });
  if (value === undefined) delete parent[key];
  else parent[key] = value;
}
