import type { Answers as LanguageAnswers } from '#definitions/language/programme.js';
import { evaluateExpression, prepareProgramme } from '#definitions/language/programme.js';
import type { AssessStep, DocumentKind, Fact, Programme, Question } from '#definitions/types/programme.js';
import type { EffectView, HistoryEntry } from '#definitions/types/wire.js';
import type { GivenAnswers, SummaryPage } from '#forms/answers/answers.js';
import { summariseAnswers } from '#forms/answers/answers.js';
import { onceFor } from '#forms/pages/prepared.js';
import { el } from '#widgets/texts/el.js';
import { en } from '#widgets/texts/en.js';
import type { Texts } from '#widgets/texts/texts.js';
import type { CaseActor, OpenCase } from './case-state.js';
import { athensDay, formatInstant } from './desk-formats.js';
import { deskText, isDeskText, readText } from './desk-language.js';
import type { DeskLanguage } from './desk-language.js';
import type { DeskTextKey } from './texts/el.js';

/** The sentences that all forms share. */
export const TEXTS: Readonly<Record<DeskLanguage, Texts>> = { el, en };

/** The answers in the order in which they were asked; a page of which nothing was asked is left out. */
export function readAnswers(open: OpenCase, language: DeskLanguage): readonly SummaryPage[] {
  return summariseAnswers(open.programme, open.file.answers, { texts: TEXTS[language].form, today: athensDay(new Date(open.file.summary.filedAt)) });
}

/** What was found at the steps that record something, a page per step. */
export function readFindings(open: OpenCase, language: DeskLanguage): readonly SummaryPage[] {
  const today = athensDay(new Date(open.file.summary.filedAt));
  return open.programme.flow.steps.flatMap((step) => {
    const findings = step.kind === 'assess' ? open.state.findings[step.id] : undefined;
    if (findings === undefined || step.kind !== 'assess') return [];
    const unasked = unaskedFindings(open, step, findings);
    return summariseAnswers(findingsProgramme(open.programme, step, unasked), findings, { texts: TEXTS[language].form, today });
  });
}

/**
 * The programme with an assessment's questions as its only page: what forms know of answers holds for findings too. Their
 * conditions are left out, since they read the whole case: see `unaskedFindings`.
 */
export function findingsProgramme(programme: Programme, step: AssessStep, unasked: ReadonlySet<string> = new Set()): Programme {
  const questions = step.findings.filter(({ id }) => !unasked.has(id)).map(({ visible: _visible, ...question }): Question => question);
  return { ...programme, form: { pages: [{ id: step.id, title: step.title, questions }] } };
}

/** A form knows no findings: so not as the form has it. Its version is known to the engine, and nothing here asks for it. */
const caseOf = onceFor((programme: Programme) => prepareProgramme(programme, { version: '' }));

/** Findings that are not asked, or whose condition still waits for another finding. */
export function unaskedFindings(open: OpenCase, step: AssessStep, findings: GivenAnswers): ReadonlySet<string> {
  const situation = {
    answers: open.file.answers as LanguageAnswers,
    asOf: athensDay(new Date(open.file.summary.filedAt)),
    facts: Object.fromEntries(Object.entries(open.state.facts ?? {}).map(([id, { value }]) => [id, value])),
    findings: { ...open.state.findings, [step.id]: findings } as Readonly<Record<string, LanguageAnswers>>,
  };
  const isAsked = ({ visible }: Question): boolean => {
    if (visible === undefined) return true;
    const outcome = evaluateExpression(caseOf(open.programme), visible, situation);
    return outcome.known ? outcome.value === true : outcome.because !== 'missing';
  };
  return new Set(step.findings.filter((question) => !isAsked(question)).map(({ id }) => id));
}

/** Facts that somebody is asked to look up, and by when. */
export function openLookups({ programme, state }: OpenCase): readonly { readonly fact: Fact; readonly dueAt?: string }[] {
  return programme.facts.flatMap((fact) => {
    const lookup = state.lookups?.[fact.id];
    return lookup === undefined || lookup.closedAt !== undefined ? [] : [{ fact, ...(lookup.dueAt === undefined ? {} : { dueAt: lookup.dueAt }) }];
  });
}

/** The programme with the fact as its only question, with how to look it up; null: there is no such fact. */
export function factProgramme({ programme }: OpenCase, factId: string): Programme | null {
  const fact = programme.facts.find(({ id }) => id === factId);
  if (fact === undefined) return null;
  const { lookup } = fact;
  const ask = lookup?.kind === 'recorded' ? lookup.ask : lookup?.kind === 'activeIn' || lookup?.kind === 'history' ? lookup.otherwise : undefined;
  const source = { el: fact.source, en: fact.source };
  const hint = ask?.hint === undefined ? source : { el: `${fact.source}. ${ask.hint.el}`, en: `${fact.source}. ${ask.hint.en}` };
  const question: Question = { id: fact.id, type: fact.type === 'boolean' ? 'yesNo' : fact.type, label: fact.title, hint };
  return { ...programme, form: { pages: [{ id: 'fact', title: fact.title, questions: [question] }] } };
}

export function documentTitle(open: OpenCase, kind: string, language: DeskLanguage): string {
  const declared: DocumentKind | undefined = open.programme.documents.find((each) => each.id === kind);
  return declared ? readText(language, declared.title) : kind;
}

export function stepTitle(open: OpenCase, stepId: string, language: DeskLanguage): string {
  const step = open.programme.flow.steps.find((each) => each.id === stepId);
  return step ? readText(language, step.title) : stepId;
}

/** Who did it: a person is a role, never a name; the reader recognises the own account. */
export function actorWords(actor: CaseActor, { language, account }: { readonly language: DeskLanguage; readonly account: string }): string {
  if (actor.kind === 'system') return deskText(language, 'actorSystem');
  if (actor.kind === 'citizen') return deskText(language, actor.onBehalf === 'relative' ? 'actorRelative' : 'actorCitizen');
  const role = actor.role ? deskText(language, `role_${actor.role}`) : deskText(language, 'actorStaff');
  return actor.account !== undefined && actor.account === account ? deskText(language, 'actorYou', { role }) : role;
}

/** What happened, as a sentence. */
export function historySentence(open: OpenCase, entry: HistoryEntry, language: DeskLanguage): string {
  const say = (key: DeskTextKey, params: Readonly<Record<string, string>> = {}): string => deskText(language, key, params);
  const word = (name: string): string => (typeof entry.payload?.[name] === 'string' ? (entry.payload[name] as string) : '');
  const document = documentTitle(open, word('documentKind'), language);
  const step = stepTitle(open, word('stepId'), language);
  const byKind: Readonly<Record<string, () => string>> = {
    filed: () => say('historyFiled', { channel: say(channelKey(open.file.channel)) }),
    timerFired: () => say('historyTimer', { at: word('dueAt') === '' ? '' : formatInstant(language, word('dueAt')) }),
    callFinished: () => say('historyCallFinished'),
    callFailed: () => say('historyCallFailed', { code: word('code') }),
    effectFailed: () => say('historyEffectFailed', { code: word('code') }),
    documentAsked: () => say('historyAsked', { document }),
    documentProvided: () => say('historyProvided', { document }),
    documentJudged: () => say(entry.payload['accepted'] === true ? 'historyAccepted' : 'historyRefusedPaper', { document }),
    reviewed: () => say('historyReviewed', { step, outcome: outcomeTitle(open, { stepId: word('stepId'), outcome: word('outcome') }, language) }),
    assessed: () => say('historyAssessed', { step }),
    factRecorded: () => say('historyFact', { fact: missingWords(open, `fact:${word('factId')}`, language) }),
    decided: () => say(entry.payload['approve'] === true ? 'historyApproved' : 'historyDenied', { step }),
    partPaid: () => say('historyPaid', { part: partTitle(open, word('partId'), language), reference: word('reference') }),
    incidentSettled: () => say('historySettled', { resolution: resolutionWords(word('resolution'), language) }),
    withdrawn: () => say('historyWithdrawn'),
    noteAdded: () => say('historyNote'),
    versionPublished: () => versionWords(open, entry, language),
  };
  return byKind[entry.kind]?.() ?? entry.kind;
}

/** Under which document the case is judged from then on, and how much of the new version is in it. */
function versionWords(open: OpenCase, { eventId }: HistoryEntry, language: DeskLanguage): string {
  const taken = open.state.versions?.find((each) => each.eventId === eventId);
  if (taken === undefined) return deskText(language, 'historyVersion');
  const [adopted, kept] = [taken.adopted, taken.kept].map((list) => String(list.length));
  return deskText(language, taken.adopted.length > 0 ? 'historyVersionTaken' : 'historyVersionKept', { adopted: adopted ?? '', kept: kept ?? '', hash: taken.hash.slice('sha256-'.length, 19) });
}

function channelKey(channel: string): DeskTextKey {
  const key = `channel_${channel}`;
  return isDeskText(key) ? key : 'channel_web';
}

function outcomeTitle(open: OpenCase, { stepId, outcome }: { readonly stepId: string; readonly outcome: string }, language: DeskLanguage): string {
  const step = open.programme.flow.steps.find((each) => each.id === stepId);
  const declared = step?.kind === 'review' ? step.outcomes.find((each) => each.id === outcome) : undefined;
  return declared ? readText(language, declared.title) : outcome;
}

function partTitle(open: OpenCase, partId: string, language: DeskLanguage): string {
  const part = open.state.parts.find((each) => each.partId === partId);
  return part ? readText(language, part.title) : partId;
}

function resolutionWords(resolution: string, language: DeskLanguage): string {
  const key = `settle_${resolution}`;
  return isDeskText(key) ? deskText(language, key) : resolution;
}

/** Why the engine could not do it; codes without words of their own are shown with their code. */
export function incidentWords(language: DeskLanguage, code: string): string {
  const key = `incident_${code.replaceAll(/[^a-zA-Z0-9]/g, '_')}`;
  return isDeskText(key) ? deskText(language, key) : deskText(language, 'incidentOther');
}

/** The same, short: the code alone where there are no words. */
export function reasonWords(language: DeskLanguage, code: string): string {
  const key = `incident_${code.replaceAll(/[^a-zA-Z0-9]/g, '_')}`;
  return isDeskText(key) ? deskText(language, key) : code;
}

/** The answer paths, facts and papers that a rule waits for, as the reader knows them. */
export function missingWords(open: OpenCase, name: string, language: DeskLanguage): string {
  const [kind, id = ''] = name.includes(':') ? name.split(':') : ['answer', name];
  if (kind === 'document') return documentTitle(open, id, language);
  if (kind === 'fact') return readText(language, open.programme.facts.find((fact) => fact.id === id)?.title) || id;
  return questionLabel(open, name, language);
}

export function questionLabel(open: OpenCase, path: string, language: DeskLanguage): string {
  const found = findQuestion(open, path);
  return found ? readText(language, found.label) : path;
}

/** The question that an answer path names, of the form or of an assessment; positions of members are passed over. */
export function findQuestion(open: OpenCase, path: string): Question | undefined {
  const names = path.split(/[.[\]]+/).filter((name) => name !== '' && !/^\d+$/.test(name));
  const steps = open.programme.flow.steps.flatMap((step) => (step.kind === 'assess' && step.id === names[0] ? step.findings : []));
  let questions: readonly Question[] = steps.length > 0 ? steps : open.programme.form.pages.flatMap((page) => page.questions);
  let found: Question | undefined;
  for (const name of steps.length > 0 ? names.slice(1) : names) {
    const question = questions.find((each) => each.id === name);
    if (!question) break;
    found = question;
    questions = question.items ?? [];
  }
  return found;
}

/** What could not be carried out, for whoever does not read the case: by the kind of its key. */
export function incidentSubject(language: DeskLanguage, commandKey: string): string {
  if (commandKey.startsWith('ask:')) return deskText(language, 'effectAsk');
  if (commandKey.startsWith('event:')) return deskText(language, 'incidentEvent');
  if (commandKey.endsWith(':step')) return deskText(language, 'incidentStep');
  return deskText(language, commandKey.endsWith(':call') ? 'effectCall' : 'effectMessage');
}

/** What was sent, as a clerk knows it: by the step that sent it, or the paper that was asked for. */
export function effectTitle(open: OpenCase, effect: Pick<EffectView, 'commandKey'>, language: DeskLanguage): string {
  if (effect.commandKey.startsWith('ask:')) return deskText(language, 'effectAsk');
  const [stepId = ''] = effect.commandKey.split('#');
  const step = open.programme.flow.steps.find((each) => each.id === stepId);
  return step ? readText(language, step.title) : deskText(language, effect.commandKey.endsWith(':call') ? 'effectCall' : 'effectMessage');
}
