/** Where the engine answers. One place, so that an address is spelled once. */
const API = '/api/v1';
const staff = (municipality: string): string => `${API}/staff/${encodeURIComponent(municipality)}`;
const caseOf = (municipality: string, caseId: string): string => `${staff(municipality)}/cases/${encodeURIComponent(caseId)}`;

/** Which tasks: mine or the municipality's, of one programme or step, only the late ones; and which page. */
export interface QueueWanted {
  readonly municipality: string;
  readonly scope: 'mine' | 'all';
  readonly programme?: string;
  readonly step?: string;
  readonly overdue?: boolean;
  readonly limit?: number;
  readonly after?: string;
}

function queuePath({ municipality, scope, programme = '', step = '', overdue = false, limit, after = '' }: QueueWanted): string {
  const query = Object.entries({ scope, programme, step, overdue: overdue ? 'true' : '', limit: limit === undefined ? '' : String(limit), after });
  return `${staff(municipality)}/queue?${query.filter(([, value]) => value !== '').map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

export const DESK_PATHS = {
  login: `${API}/staff/login`,
  logout: `${API}/staff/logout`,
  session: `${API}/staff/session`,
  queue: queuePath,
  claim: (municipality: string, taskId: string) => `${staff(municipality)}/tasks/${encodeURIComponent(taskId)}/claim`,
  giveBack: (municipality: string, taskId: string) => `${staff(municipality)}/tasks/${encodeURIComponent(taskId)}/give-back`,
  search: (municipality: string) => `${staff(municipality)}/search`,
  incidents: (municipality: string) => `${staff(municipality)}/incidents`,
  caseFile: caseOf,
  actions: (municipality: string, caseId: string) => `${caseOf(municipality, caseId)}/actions`,
  caseDocuments: (municipality: string, caseId: string) => `${caseOf(municipality, caseId)}/documents`,
  caseDocument: (municipality: string, caseId: string, documentId: string) => `${caseOf(municipality, caseId)}/documents/${encodeURIComponent(documentId)}`,
  documents: (municipality: string) => `${staff(municipality)}/documents`,
  applications: (municipality: string) => `${staff(municipality)}/applications`,
  programmes: (municipality: string) => `${API}/municipalities/${encodeURIComponent(municipality)}/programmes`,
  programme: (municipality: string, programmeId: string, hash?: string) =>
    `${API}/municipalities/${encodeURIComponent(municipality)}/programmes/${encodeURIComponent(programmeId)}${hash === undefined ? '' : `?hash=${encodeURIComponent(hash)}`}`,
} as const;
