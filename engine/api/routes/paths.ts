/** The parts of a path; what does not fit them is not found. */
const UUID = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' } as const;
const CODE = { type: 'string', pattern: '^[0-9]{4}$', description: 'ministry code of the municipality' } as const;
const IDENTIFIER = { type: 'string', pattern: '^[a-z][A-Za-z0-9-]*$', maxLength: 64 } as const;

function path<Properties extends Readonly<Record<string, object>>>(properties: Properties): { type: 'object'; additionalProperties: false; required: string[]; properties: Properties } {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

export const MUNICIPALITY = path({ municipality: CODE });
export const PROGRAMME = path({ municipality: CODE, programme: IDENTIFIER });
export const CASE = path({ municipality: CODE, caseId: UUID });
export const CASE_DOCUMENT = path({ municipality: CODE, caseId: UUID, documentId: UUID });
export const MUNICIPALITY_DOCUMENT = path({ municipality: CODE, documentId: UUID });
export const DOCUMENT = path({ documentId: UUID });
export const TASK = path({ municipality: CODE, taskId: UUID });
