import type { Role } from '#definitions/types/programme.js';
import type { DeskRoute } from './desk-route.js';
import type { DeskTextKey } from './texts/el.js';

export interface Place {
  readonly route: DeskRoute;
  readonly text: DeskTextKey;
  /** Shown to these roles; the engine asks again. */
  readonly roles: readonly Role[];
}

const CASE_ROLES: readonly Role[] = ['desk', 'inspector', 'decider', 'supervisor'];

/** Where one can go, in the order of the menu. */
export const PLACES: readonly Place[] = [
  { route: { page: 'queue', scope: 'mine' }, text: 'navMine', roles: CASE_ROLES },
  { route: { page: 'queue', scope: 'all' }, text: 'navAll', roles: CASE_ROLES },
  { route: { page: 'search' }, text: 'navSearch', roles: CASE_ROLES },
  { route: { page: 'filing' }, text: 'navFiling', roles: ['desk', 'supervisor'] },
  { route: { page: 'incidents' }, text: 'navIncidents', roles: ['supervisor', 'administrator'] },
];

export function mayOpen(page: DeskRoute['page'], held: readonly Role[]): boolean {
  const roles = page === 'case' ? CASE_ROLES : (PLACES.find(({ route }) => route.page === page)?.roles ?? []);
  return roles.some((role) => held.includes(role));
}

/** The page asked for, or the first of the menu where these roles have no way there: nobody is greeted by a refusal. */
export function placeFor(route: DeskRoute, held: readonly Role[]): DeskRoute {
  if (held.length === 0 || mayOpen(route.page, held)) return route;
  return PLACES.find(({ roles }) => roles.some((role) => held.includes(role)))?.route ?? route;
}
