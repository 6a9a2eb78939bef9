/** One incident of the list. */
export interface IncidentPlace {
  readonly caseId: string;
  readonly incidentId: string;
}

/** The pages of the desk. The address carries case ids at most: never a name, never what was searched for. */
export type DeskRoute =
  | { readonly page: 'queue'; readonly scope: 'mine' | 'all' }
  | { readonly page: 'search' }
  | { readonly page: 'case'; readonly municipality: string; readonly caseId: string }
  | { readonly page: 'incidents'; readonly incident?: IncidentPlace }
  | { readonly page: 'filing' };

const HOME: DeskRoute = { page: 'queue', scope: 'mine' };
const MUNICIPALITY = /^[0-9]{1,6}$/;
const CASE_ID = /^[0-9a-zA-Z-]{1,64}$/;

/** `#/case/9230/…` → route; whatever is not a page of the desk leads home. */
export function parseRoute(hash: string): DeskRoute {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  const [first = '', second = ''] = rest;
  if (page === 'queue') return { page: 'queue', scope: first === 'all' ? 'all' : 'mine' };
  if (page === 'case' && MUNICIPALITY.test(first) && CASE_ID.test(second)) return { page: 'case', municipality: first, caseId: second };
  if (page === 'incidents' && CASE_ID.test(first) && CASE_ID.test(second)) return { page, incident: { caseId: first, incidentId: second } };
  if (page === 'search' || page === 'incidents' || page === 'filing') return { page };
  return HOME;
}

export function routeHash(route: DeskRoute): string {
  if (route.page === 'queue') return route.scope === 'all' ? '#/queue/all' : '#/queue';
  if (route.page === 'case') return `#/case/${route.municipality}/${route.caseId}`;
  if (route.page === 'incidents' && route.incident !== undefined) return `#/incidents/${route.incident.caseId}/${route.incident.incidentId}`;
  return `#/${route.page}`;
}
