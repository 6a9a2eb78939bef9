/** Where the engine answers. One place, so that an address is spelled once. */
const API = '/api/v1';
const staff = (municipality: string): string => `${API}/staff/${encodeURIComponent(municipality)}`;
const caseOf = (municipality: string, caseId: string): string => `${staff(municipality)}/cases/${encodeURIComponent(caseId)}`;

export const DESK_PATHS = {
  login: `${API}/staff/login`,
  logout: `${API}/staff/logout`,
  session: `${API}/staff/session`,
  queue: (municipality: string, scope: 'mine' | 'all') => `${staff(municipality)}/queue?scope=${scope}`,
  claim: (municipality: string, taskId: string) => `${staff(municipality)}/tasks/${encodeURIComponent(taskId)}/claim`,
  search: (municipality: string) => `${staff(municipality)}/search`,
  incidents: (municipality: string) => `${staff(municipality)}/incidents`,
  caseFile: caseOf,
  actions: (municipality: string, caseId: string) => `${caseOf(municipality, caseId)}/actions`,
  caseDocuments: (municipality: string, caseId: string) => `${caseOf(municipality, caseId)}/documents`,
  caseDocument: (municipality: string, caseId: string, documentId: string) => `${caseOf(municipality, caseId)}/documents/${encodeURIComponent(documentId)}`,
  applications: (municipality: string) => `${staff(municipality)}/applications`,
  programmes: (municipality: string) => `${API}/municipalities/${encodeURIComponent(municipality)}/programmes`,
  programme: (municipality: string, programmeId: string, hash?: string) =>
    `${API}/municipalities/${encodeURIComponent(municipality)}/programmes/${encodeURIComponent(programmeId)}${hash === undefined ? '' : `?hash=${encodeURIComponent(hash)}`}`,
} as const;
