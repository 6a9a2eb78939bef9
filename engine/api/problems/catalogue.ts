/**
 * Every code with which the door refuses: HTTP status and the parameters its texts may name. Texts lie in texts/*.json;
 * each code is documented at `/api/problems/<code>`. Findings (status 0) only ever stand inside a problem.
 */
interface CatalogueEntry {
  readonly status: number;
  readonly params: readonly string[];
}

const entry = (status: number, ...params: readonly string[]): CatalogueEntry => ({ status, params });

export const PROBLEMS = {
  'request.notFound': entry(404),
  'request.invalid': entry(400),
  'request.bodyMissing': entry(400),
  'request.bodyTooLarge': entry(413, 'limit'),
  'request.mediaType': entry(415, 'expected'),
  'request.jsonSyntax': entry(400, 'position'),
  'request.jsonEncoding': entry(400),
  'request.jsonDuplicateKey': entry(400),
  'request.jsonForbiddenKey': entry(400),
  'request.jsonCharacter': entry(400),
  'request.jsonDepth': entry(400, 'limit'),
  'request.jsonNumber': entry(400),
  'request.idempotencyKey': entry(400),
  'request.timeout': entry(408),
  'request.rateLimited': entry(429, 'seconds'),
  'shape.type': entry(0, 'expected'),
  'shape.unknownField': entry(0),
  'shape.missingField': entry(0),
  'shape.pattern': entry(0, 'expected'),
  'shape.choice': entry(0, 'expected'),
  'shape.length': entry(0, 'expected'),
  'shape.range': entry(0, 'expected'),
  'shape.alternative': entry(0),
  'access.signInRequired': entry(401),
  'access.codeUnknown': entry(401),
  'access.sessionExpired': entry(401),
  'access.forbidden': entry(403),
  'access.csrf': entry(403),
  'access.origin': entry(403),
  'login.failed': entry(400),
  'login.noAccount': entry(403),
  'login.unavailable': entry(503, 'seconds'),
  'programme.notFound': entry(404),
  'programme.hashStale': entry(409, 'hash'),
  'programme.notOpen': entry(409, 'from'),
  'draft.changedElsewhere': entry(409),
  'draft.unknown': entry(409),
  'document.notFound': entry(404),
  'document.kindUnknown': entry(422),
  'document.typeNotAccepted': entry(422, 'expected'),
  'document.tooLarge': entry(413, 'limit'),
  'document.tooMany': entry(409, 'limit'),
  'document.sizeDiffers': entry(422, 'expected'),
  'document.contentDiffers': entry(422, 'expected'),
  'document.activeContent': entry(422),
  'document.encrypted': entry(422),
  'document.dimensions': entry(422, 'limit'),
  'document.malware': entry(422),
  'document.alreadyStored': entry(409),
  'document.notScanned': entry(409),
  'document.refused': entry(409),
  'application.answersInvalid': entry(422),
  'application.documentsInvalid': entry(422),
  'application.documentMissing': entry(0),
  'application.documentUnknown': entry(0),
  'application.documentUnfinished': entry(0),
  'submission.keyReused': entry(409),
  'tracking.codeUnknown': entry(404),
  'tracking.oneTimeCodeWrong': entry(401),
  'case.notFound': entry(404),
  'case.delayed': entry(503, 'seconds'),
  'task.notFound': entry(404),
  'task.claimed': entry(409),
  'action.keyReused': entry(409),
  'action.refused': entry(409, 'code'),
  'engine.busy': entry(503, 'seconds'),
  'engine.unavailable': entry(503, 'seconds'),
  'engine.fault': entry(500),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
