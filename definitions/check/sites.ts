import type { Due, Programme, Question, Step } from '#definitions/types/programme.js';
import { below } from './finding.js';
import { listPartSites } from './part-sites.js';
import { site } from './site.js';
import type { Site } from './site.js';
import { ANY, BOOLEAN, DATE, NUMBER, WHOLE } from './type.js';
import type { Type } from './type.js';
import { declaredType } from './typing.js';

export type { Site } from './site.js';

/** Every expression of a programme, in the order of the document. */
export function listSites(programme: Programme): readonly Site[] {
  const sites = [
    ...programme.form.pages.flatMap((page, position) => pageSites(page, `/form/pages/${position}`)),
    ...programme.documents.map((document, position) => site(document.requiredWhen, `/documents/${position}/requiredWhen`, BOOLEAN)),
    ...programme.tables.map((table, position) => site(table.otherwise, `/tables/${position}/otherwise`, WHOLE)),
    ...programme.computed.map((computed, position) => site(computed.value, `/computed/${position}/value`, declaredType(computed.type))),
    ...programme.rules.flatMap((rule, position) => [site(rule.when, `/rules/${position}/when`, BOOLEAN), site(rule.condition, `/rules/${position}/condition`, BOOLEAN)]),
    ...(programme.points?.lines ?? []).flatMap((line, position) => [
      site(line.when, `/points/lines/${position}/when`, BOOLEAN),
      site(line.points, `/points/lines/${position}/points`, NUMBER),
      site(line.multiplier, `/points/lines/${position}/multiplier`, NUMBER),
    ]),
    site(programme.selection?.capacity, '/selection/capacity', NUMBER),
    ...(programme.selection?.reserves ?? []).flatMap((reserve, position) => [
      site(reserve.when, `/selection/reserves/${position}/when`, BOOLEAN),
      site(reserve.places, `/selection/reserves/${position}/places`, NUMBER),
    ]),
    ...programme.flow.steps.flatMap((step, position) => stepSites(step, `/flow/steps/${position}`)),
    ...listPartSites(programme),
  ];
  return sites.filter(({ expression }) => expression !== undefined);
}

function pageSites(page: Programme['form']['pages'][number], pointer: string): readonly Site[] {
  return [site(page.visible, below(pointer, 'visible'), BOOLEAN), ...questionsSites(page.questions, { pointer: below(pointer, 'questions'), group: '' })];
}

interface Place {
  readonly pointer: string;
  readonly group: string;
  readonly step?: string;
}

function questionsSites(questions: readonly Question[], place: Place): readonly Site[] {
  return questions.flatMap((question, position) => {
    const here = { ...place, pointer: below(place.pointer, position) };
    const shape = place.group === '' ? question.id : `${place.group}.${question.id}`;
    const own = (name: 'visible' | 'dateMin' | 'dateMax' | 'value', wanted: Type): Site => ({ ...here, expression: question[name], pointer: below(here.pointer, name), wanted });
    return [
      own('visible', BOOLEAN),
      own('dateMin', DATE),
      own('dateMax', DATE),
      own('value', ANY),
      ...questionsSites(question.items ?? [], { ...here, group: shape, pointer: below(here.pointer, 'items') }),
    ];
  });
}

function stepSites(step: Step, pointer: string): readonly Site[] {
  const sites = [site(step.when, below(pointer, 'when'), BOOLEAN), dueSite(step.due, below(pointer, 'due'))];
  if (step.kind === 'assess') sites.push(...questionsSites(step.findings, { pointer: below(pointer, 'findings'), group: '', step: step.id }));
  if (step.kind === 'branch') step.cases.forEach((each, position) => sites.push(site(each.when, below(pointer, 'cases', position, 'when'), BOOLEAN)));
  if (step.kind === 'call') for (const [name, expression] of Object.entries(step.input)) sites.push(site(expression, below(pointer, 'input', name), ANY));
  if (step.kind === 'wait') sites.push(dueSite(step.until, below(pointer, 'until')));
  if (step.kind === 'pay') step.parts.forEach((part, position) => sites.push(dueSite(part.due, below(pointer, 'parts', position, 'due'))));
  if (step.kind === 'documents') {
    (step.remind ?? []).forEach((reminder, position) => sites.push(dueSite(reminder.after, below(pointer, 'remind', position, 'after'))));
    sites.push(dueSite(step.giveUp?.after, below(pointer, 'giveUp', 'after')));
  }
  return sites;
}

function dueSite(due: Due | undefined, pointer: string): Site {
  return site(due?.date, below(pointer, 'date'), DATE);
}

