// Who came in the first three days of July 2018, and to which desk (counts as published; people invented).
import { entropyOf } from '#commands/demo/entropy.js';
import { inventHouseholds } from '#commands/demo/people.js';

/** Filed by the end of each day, over all desks. */
const CUMULATIVE = [602, 1_136, 1_761];
/**
 * Desks of 2018 with what each took in on day 2, the only day that was published by desk; the other days are split alike.
 * Two of our municipalities stand for the four desks: Rafina borders on Marathon, and Megara, as the ministry's own desk,
 * goes to Mandra-Eidyllia, its neighbour in West Attica.
 */
export const DESKS = [
  { name: 'Rafina', municipality: '9220', onDay2: 184 },
  { name: 'Marathon', municipality: '9220', onDay2: 161 },
  { name: 'Megara', municipality: '9230', onDay2: 119 },
  { name: 'ministry', municipality: '9230', onDay2: 70 },
];
export const MUNICIPALITIES = [...new Set(DESKS.map(({ municipality }) => municipality))];
export const PAPERS_MISSING_PER_MILLE = 300;
/** Not published: how many had a desk fill the form in for them. */
export const FILED_AT_DESK_PER_MILLE = 400;
/** Inside the declared area, or a person would have to look at each first. */
const AREA = new Set(['mandra', 'vilia', 'oinoi', 'marathonas', 'grammatiko', 'varnavas']);
const DAMAGE_DATE = { 9230: '2023-07-18', 9220: '2024-08-12' };
const SEED = 'wildfire 2018';
/** Enough that each municipality has its households; people have numbers up to 9,999. */
const PEOPLE_MIN = 9_000;
const CHILD_YEARS_MAX = 23;
const LARGE_FAMILY_CHILDREN_MIN = 4;

/** Three days of applications; `share` 0.1 takes a tenth. */
export function planDays(share) {
  const households = inventHouseholds({ seed: SEED, peopleMin: PEOPLE_MIN }).filter(({ community }) => AREA.has(community));
  const left = Object.fromEntries(MUNICIPALITIES.map((municipality) => [municipality, households.filter((one) => one.municipality === municipality)]));
  const entropy = entropyOf(SEED);
  const daily = CUMULATIVE.map((count, index) => Math.round((count - (CUMULATIVE[index - 1] ?? 0)) * share));
  return daily.map((count) => mix(splitOverDesks(count), entropy).map((desk, index) => planOne({ desk, index, household: takeOne(left, desk), entropy })));
}

/** Whole people, as near to the shares as can be: the largest rests get what is left. */
function splitOverDesks(count) {
  const whole = DESKS.reduce((sum, { onDay2 }) => sum + onDay2, 0);
  const parts = DESKS.map((desk) => ({ desk, exact: (count * desk.onDay2) / whole }));
  const rest = count - parts.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  const byRest = [...parts].sort((one, other) => (other.exact % 1) - (one.exact % 1)).slice(0, rest);
  return parts.flatMap((part) => Array.from({ length: Math.floor(part.exact) + (byRest.includes(part) ? 1 : 0) }, () => part.desk));
}

function mix(items, entropy) {
  const mixed = [...items];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = entropy.below(index + 1);
    [mixed[index], mixed[other]] = [mixed[other], mixed[index]];
  }
  return mixed;
}

function takeOne(left, { municipality }) {
  const household = left[municipality].shift();
  if (household === undefined) throw new Error(`no household is left in ${municipality}`);
  return household;
}

function planOne({ desk, index, household, entropy }) {
  const answers = fillIn(household, entropy);
  return {
    desk,
    municipality: desk.municipality,
    filedBy: entropy.chance(FILED_AT_DESK_PER_MILLE) ? 'desk' : 'citizen',
    comesWithoutPapers: isOneOf(PAPERS_MISSING_PER_MILLE, index),
    /** Of the replayed day: how much later the papers are brought. */
    papersLaterShare: 0.1 + entropy.below(300) / 1_000,
    inspection: entropy.chance(50) ? { mainHomeHit: false } : { mainHomeHit: true, damageGradePercent: entropy.pick([5, 20, 40, 60, 100]) },
    answers,
    papers: papersOf(answers),
  };
}

/** Spread evenly, and exact over every thousand. */
const isOneOf = (perMille, index) => (index * perMille) % 1_000 < perMille;

function fillIn({ municipality, community, address, head, members }, entropy) {
  const household = members.map(({ givenName, familyName, birthDate, relation, disability67 }) => ({ name: `${givenName} ${familyName}`, memberBirthDate: birthDate, relation, memberDisability67: disability67 }));
  const identity = [...(head.afm === undefined ? [] : [{ kind: 'afm', value: head.afm }]), ...(head.passport === undefined ? [] : [{ kind: 'passport', value: head.passport.number }])];
  return {
    community,
    homeAddress: address,
    damageDate: DAMAGE_DATE[municipality],
    isMainHome: true,
    tenure: entropy.pick(['owned', 'owned', 'owned', 'rented', 'rented', 'lent']),
    alreadyAided: false,
    givenName: head.givenName,
    familyName: head.familyName,
    birthDate: head.birthDate,
    identity: identity.length > 0 ? identity : [{ kind: 'none' }],
    ...(head.phone === undefined ? {} : { phone: `+30${head.phone}` }),
    ...(head.email === undefined ? {} : { email: head.email }),
    ...(head.iban === undefined ? {} : { iban: head.iban }),
    applicantDisability67: head.disability67,
    livesWithOthers: household.length > 0,
    ...(household.length > 0 ? { household } : {}),
    truthDeclaration: true,
  };
}

/** What such a household brings along; the receipt tells when something was forgotten. */
function papersOf({ tenure, household = [], applicantDisability67 }) {
  const youngest = new Date().getFullYear() - CHILD_YEARS_MAX;
  const children = household.filter(({ relation, memberBirthDate }) => relation === 'child' && Number(memberBirthDate.slice(0, 4)) >= youngest);
  return [
    'identityPaper',
    'lastE1',
    ...(tenure === 'lent' ? ['freeUseDeclaration'] : []),
    ...(children.length >= LARGE_FAMILY_CHILDREN_MIN ? ['largeFamilyCertificate'] : []),
    ...(applicantDisability67 || household.some(({ memberDisability67 }) => memberDisability67) ? ['disabilityOpinion'] : []),
  ];
}
