import type { Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** Where each figure and demand comes from, and who may replace what was only invented or is of one place alone. */
export function findUnfounded(programme: Programme): readonly Draft[] {
  return [...basisDrafts(programme), ...awardDrafts(programme), ...typeDrafts(programme), ...openDrafts(programme), ...boundDrafts(programme)];
}

interface Founded {
  readonly id: string;
  readonly legalBasis?: string;
  readonly invented?: boolean;
  readonly values?: readonly { readonly legalBasis?: string }[];
}

/** A provision that says itself that it is none. */
const DEMO = /επίδειξη|demo value/iu;

function basisDrafts({ documents, parameters, tables, points, computed }: Programme): readonly Draft[] {
  const lists: readonly (readonly [string, readonly Founded[]])[] = [['/documents', documents.map(unmarkable)], ['/parameters', parameters], ['/tables', tables], ['/points/lines', (points?.lines ?? []).map(unmarkable)], ['/computed', computed.map(unmarkable)]];
  return lists.flatMap(([pointer, list]) =>
    list.flatMap(({ id, legalBasis, values, invented }, position): readonly Draft[] => {
      // Counts and answers to yes or no are only names for what rules say; amounts are promised.
      if (pointer === '/computed' && computed[position]?.type !== 'money') return [];
      if (invented !== true && DEMO.test(legalBasis ?? '')) return [{ code: 'inventedUnmarked', pointer: below(pointer, position), params: { name: id } }];
      const isFounded = legalBasis !== undefined || values?.every((value) => value.legalBasis !== undefined) === true;
      return isFounded ? [] : [{ code: 'basisMissing', pointer: below(pointer, position), params: { name: id } }];
    }),
  );
}

/** Papers and lines of points have no mark of their own. */
function unmarkable({ id, legalBasis }: Founded): Founded {
  return { id, invented: true, ...(legalBasis === undefined ? {} : { legalBasis }) };
}

/** What is awarded or paid is shown to whom it is for. */
function awardDrafts({ computed, flow }: Programme): readonly Draft[] {
  const awarded = new Set(flow.steps.flatMap((step) => (step.kind === 'decide' ? [step.award] : step.kind === 'pay' ? [step.amount] : [])));
  return computed.flatMap(({ id, visible }, position): readonly Draft[] => (awarded.has(id) && visible !== true ? [{ code: 'awardHidden', pointer: below('/computed', position), params: { name: id } }] : []));
}

/** A certificate of the state comes as PDF, a photograph as JPEG, what a screen shows as PNG: a kind left out turns people away. */
function typeDrafts({ documents }: Programme): readonly Draft[] {
  return documents.flatMap(({ id, acceptedTypes }, position): readonly Draft[] => {
    const lacking = (['application/pdf', 'image/jpeg', 'image/png'] as const).filter((type) => !acceptedTypes.includes(type));
    return lacking.length === 0 ? [] : [{ code: 'paperTypesFew', pointer: below(`/documents/${position}`, 'acceptedTypes'), params: { name: id, lacking: lacking.join(', ') } }];
  });
}

/** A base for several municipalities: what is of one place alone, or was invented, each of them must be able to set. An invented value that another has replaced stays. */
function openDrafts({ municipality, overlayable, contact, parameters, tables }: Programme): readonly Draft[] {
  if (municipality !== undefined || overlayable.length === 0) return [];
  const open = new Set(overlayable.map(({ target }) => `${target.noun} ${target.id ?? ''} ${target.property}`));
  const own = Object.keys(contact).map((property) => ({ pointer: below('/contact', property), target: `contact  ${property}`, name: `contact ${property}` }));
  const days = [{ pointer: '/holidays', target: 'calendar  holidays', name: 'calendar holidays' }];
  const invented = parameters.map((parameter, position) => ({ parameter, position })).filter(({ parameter }) => parameter.invented === true || parameter.values.at(-1)?.invented === true);
  const figures = invented.map(({ parameter, position }) => ({ pointer: `/parameters/${position}`, target: `parameter ${parameter.id} values`, name: parameter.id }));
  const demo = tables.map((table, position) => ({ table, position })).filter(({ table }) => table.invented === true);
  const shut = demo.filter(({ table }) => !overlayable.some(({ target }) => target.noun === 'table' && target.id === table.id));
  return [
    ...[...own, ...days].filter(({ target }) => !open.has(target)).map(({ pointer, name }): Draft => ({ code: 'localLocked', pointer, params: { name } })),
    ...figures.filter(({ target }) => !open.has(target)).map(({ pointer, name }): Draft => ({ code: 'inventedLocked', pointer, params: { name } })),
    ...shut.map(({ table, position }): Draft => ({ code: 'inventedLocked', pointer: `/tables/${position}`, params: { name: table.id } })),
  ];
}

/** Bounds of what may be set: one end alone is mostly a slip. */
function boundDrafts({ overlayable }: Programme): readonly Draft[] {
  return overlayable.flatMap(({ target, min, max }, position): readonly Draft[] => {
    if ((min === undefined) === (max === undefined)) return [];
    return [{ code: 'boundsHalf', pointer: `/overlayable/${position}`, params: { name: target.id ?? target.property, needed: min === undefined ? 'min' : 'max' } }];
  });
}
