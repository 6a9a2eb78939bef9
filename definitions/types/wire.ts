/* Generated from definitions/schemas by `npm run types`. Do not edit. */

/**
 * POST /api/v1/tracking/actions with Idempotency-Key
 */
export type CitizenAction = ProvideDocuments | Withdraw;
/**
 * The evaluator's answer, see language/programme.ts Decision: the same bytes in browser, API and worker
 */
export type Evaluation = Record<string, unknown>;
/**
 * Ministry code of a municipality.
 */
export type MunicipalityCode = string;
/**
 * POST /api/v1/staff/{m}/cases/{caseId}/actions with Idempotency-Key and X-CSRF-Token
 */
export type StaffAction =
  | AskDocument
  | ReceiveDocuments
  | JudgeDocument
  | Review
  | Assess
  | Decide
  | RecordPayment
  | SettleIncident
  | WithdrawForCitizen
  | AddNote
  | RecordFact;

/**
 * Every noun of this sheet.
 */
export interface Nouns {
  ActionResult?: ActionResult;
  ActorClaim?: ActorClaim;
  AnnounceDocument?: AnnounceDocument;
  CaseFileView?: CaseFileView;
  CaseMemory?: CaseMemory;
  CaseSummaryView?: CaseSummaryView;
  CaughtMessages?: CaughtMessages;
  CitizenAction?: CitizenAction;
  CitizenCase?: CitizenCase;
  ContactView?: ContactView;
  CreateDraft?: CreateDraft;
  DecisionView?: DecisionView;
  DocumentView?: DocumentView;
  DraftCreated?: DraftCreated;
  DraftView?: DraftView;
  EvaluateAnswers?: EvaluateAnswers;
  Evaluation?: Evaluation;
  FileApplication?: FileApplication;
  Health?: Health;
  IncidentList?: IncidentList;
  InstalmentView?: InstalmentView;
  Localised?: Localised;
  MunicipalityCode?: MunicipalityCode;
  MunicipalityList?: MunicipalityList;
  ProblemFinding?: ProblemFinding;
  Problem?: Problem;
  ProgrammeList?: ProgrammeList;
  ProgrammeView?: ProgrammeView;
  QueueView?: QueueView;
  ReceiptView?: ReceiptView;
  ResumeDraft?: ResumeDraft;
  SaveDraft?: SaveDraft;
  SearchRequest?: SearchRequest;
  SearchResult?: SearchResult;
  StaffAction?: StaffAction;
  StaffSession?: StaffSession;
  StatusView?: StatusView;
  SubmitApplication?: SubmitApplication;
  TaskView?: TaskView;
  TrackAnswer?: TrackAnswer;
  TrackChallenge?: TrackChallenge;
  TrackOpen?: TrackOpen;
  TrackSession?: TrackSession;
  TrackRequest?: TrackRequest;
}
/**
 * The new state after an action.
 */
export interface ActionResult {
  /**
   * version
   */
  version: number;
  status: StatusView;
}
/**
 * Honest status: who holds the case, what is missing, what comes next, by when.
 */
export interface StatusView {
  /**
   * identifier
   */
  stage: string;
  stageTitle: Localised;
  stepTitle: Localised;
  holder: StatusHolder;
  sentence: Localised;
  /**
   * missing
   *
   * @maxItems 200
   */
  missing: StatusMissing[];
  next: Localised;
  /**
   * instant
   */
  dueAt?: string;
  /**
   * over
   */
  closed: boolean;
}
/**
 * A text in several languages.
 */
export interface Localised {
  el: string;
  en: string;
  [k: string]: string;
}
export interface StatusHolder {
  /**
   * who
   */
  kind: 'citizen' | 'municipality' | 'system' | 'nobody';
  /**
   * role
   */
  role?: 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';
}
export interface StatusMissing {
  /**
   * identifier
   */
  documentKind: string;
  title: Localised;
  /**
   * note
   */
  note?: string;
}
/**
 * Who applies, when not the applicant.
 */
export interface ActorClaim {
  /**
   * in which capacity
   */
  onBehalf?: 'relative' | 'desk';
}
/**
 * POST …/documents (under …/drafts/current, /api/v1/tracking, /api/v1/staff/{m}, /api/v1/staff/{m}/cases/{caseId}); then PUT …/documents/{documentId} with the bytes
 */
export interface AnnounceDocument {
  /**
   * identifier
   */
  kind: string;
  /**
   * file name
   */
  name: string;
  /**
   * media type
   */
  mediaType: 'application/pdf' | 'image/jpeg' | 'image/png';
  /**
   * size
   */
  sizeBytes: number;
}
/**
 * GET /api/v1/staff/{m}/cases/{caseId}: everything of a case, with the version of the programme it is pinned to
 */
export interface CaseFileView {
  summary: CaseSummaryView;
  /**
   * hash of the document that the case is judged under
   */
  hash: string;
  /**
   * hash of the version it was filed under
   */
  filedHash: string;
  /**
   * answers
   */
  answers: Record<string, unknown>;
  /**
   * who filed
   */
  actor: Record<string, unknown>;
  /**
   * channel
   */
  channel: string;
  state: CaseMemory;
  /**
   * files
   *
   * @maxItems 200
   */
  documents: DocumentView[];
  /**
   * history
   *
   * @maxItems 5000
   */
  history: HistoryEntry[];
  /**
   * open tasks
   *
   * @maxItems 200
   */
  tasks: TaskView[];
  /**
   * outside effects
   *
   * @maxItems 1000
   */
  effects: EffectView[];
  /**
   * rule results now, see language/programme.ts Decision
   */
  decision: Record<string, unknown>;
  /**
   * what this account may do now
   *
   * @maxItems 200
   *
   * Items: kind
   */
  actions: string[];
}
/**
 * A line of a list.
 */
export interface CaseSummaryView {
  /**
   * case
   */
  caseId: string;
  /**
   * number/year
   */
  protocolNumber: string;
  /**
   * identifier
   */
  programmeId: string;
  programmeTitle: Localised;
  /**
   * name
   */
  applicantName: string;
  /**
   * instant
   */
  filedAt: string;
  status: StatusView;
  /**
   * version
   */
  version: number;
}
/**
 * What staff see of a case's memory: the part of engine/contract/case.ts CaseState that people work with. Empty step: the kernel has not taken the case up yet.
 */
export interface CaseMemory {
  /**
   * status
   */
  status: 'open' | 'closed';
  /**
   * how it ended
   */
  outcome?: 'granted' | 'refused' | 'withdrawn' | 'expired' | 'completed';
  /**
   * step, or nothing before the first
   */
  currentStep: string;
  /**
   * papers by kind
   */
  documents: {
    [k: string]: PaperMemory;
  };
  /**
   * what was recorded, by step
   */
  findings: Record<string, Record<string, unknown>>;
  decision?: DecisionMemory;
  /**
   * parts of the award
   *
   * @maxItems 200
   */
  parts: PartMemory[];
  /**
   * incidents
   *
   * @maxItems 1000
   */
  incidents: IncidentMemory[];
  /**
   * role
   */
  escalatedTo?: 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';
  /**
   * what registers told, by fact; absent: not known
   */
  facts?: {
    [k: string]: FactMemory;
  };
  /**
   * facts that an official is asked to look up, by fact
   */
  lookups?: {
    [k: string]: LookupMemory;
  };
  /**
   * publications since the filing, oldest first
   *
   * @maxItems 1000
   */
  versions?: VersionMemory[];
}
/**
 * What is known of one kind of paper.
 */
export interface PaperMemory {
  /**
   * where it stands
   */
  status: 'missing' | 'asked' | 'provided' | 'accepted' | 'refused';
  /**
   * instant
   */
  askedAt?: string;
  /**
   * what the citizen was told of it
   */
  note?: string;
  /**
   * its files; none when the original was seen at the counter
   *
   * @maxItems 200
   *
   * Items: document
   */
  documentIds: string[];
}
/**
 * The decision as it was taken.
 */
export interface DecisionMemory {
  /**
   * approved
   */
  approved: boolean;
  /**
   * instant
   */
  decidedAt: string;
  /**
   * account
   */
  decidedBy: string;
  /**
   * award
   */
  awardCents?: number;
  /**
   * what the rules said then, see language/programme.ts Decision
   */
  reasons: Record<string, unknown>;
  /**
   * the facts as they stood then, by fact
   */
  facts?: {
    [k: string]: DecisionFact;
  };
  /**
   * legal basis
   */
  legalBasis: string;
  appealText: Localised;
  appealAuthority: Localised;
  /**
   * last day of an objection
   */
  appealUntil: string;
  /**
   * reason in writing
   */
  note?: string;
}
/**
 * A fact at the decision.
 */
export interface DecisionFact {
  /**
   * yes or no, number (cents for money), date or text
   */
  value: boolean | number | string;
  /**
   * instant
   */
  at: string;
  /**
   * the engine's own record, a person, or another system
   */
  from: 'record' | 'person' | 'call';
}
/**
 * One part of an award.
 */
export interface PartMemory {
  /**
   * identifier
   */
  partId: string;
  title: Localised;
  /**
   * amount
   */
  amountCents: number;
  /**
   * instant
   */
  dueAt: string;
  /**
   * date
   */
  paidOn?: string;
  /**
   * payment order
   */
  reference?: string;
}
/**
 * What could not be carried out.
 */
export interface IncidentMemory {
  /**
   * incident
   */
  id: string;
  /**
   * what was tried
   */
  commandKey: string;
  /**
   * why
   */
  code: string;
  /**
   * instant
   */
  openedAt: string;
  /**
   * instant
   */
  settledAt?: string;
  /**
   * how it was settled
   */
  resolution?: 'retry' | 'done' | 'drop';
}
/**
 * What a register told, and who looked.
 */
export interface FactMemory {
  /**
   * yes or no, number (cents for money), date or text
   */
  value: boolean | number | string;
  /**
   * instant
   */
  at: string;
  /**
   * the engine's own record, a person, or another system
   */
  from: 'record' | 'person' | 'call';
  /**
   * note
   */
  note?: string;
}
/**
 * A fact that an official is asked to look up.
 */
export interface LookupMemory {
  /**
   * role
   */
  role: 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';
  /**
   * instant
   */
  askedAt: string;
  /**
   * instant
   */
  dueAt?: string;
  /**
   * instant
   */
  closedAt?: string;
}
/**
 * What became of one publication for this case.
 */
export interface VersionMemory {
  /**
   * the event in the history
   */
  eventId: string;
  /**
   * publication
   */
  publicationId: string;
  /**
   * hash of what was published
   */
  published: string;
  /**
   * instant
   */
  publishedAt: string;
  /**
   * the document the case is judged under from then on
   */
  hash: string;
  /**
   * instant
   */
  at: string;
  /**
   * where the case was then
   */
  stage: 'filed' | 'inReview' | 'benefitRunning';
  /**
   * what was taken over
   *
   * @maxItems 2000
   */
  adopted: VersionChange[];
  /**
   * what was not
   *
   * @maxItems 2000
   */
  kept: VersionKept[];
}
/**
 * One thing that a publication changed.
 */
export interface VersionChange {
  /**
   * class of the change
   */
  class: string;
  /**
   * noun and id
   */
  what: string;
}
/**
 * One thing that stays as it was.
 */
export interface VersionKept {
  /**
   * class of the change
   */
  class: string;
  /**
   * noun and id
   */
  what: string;
  /**
   * why
   */
  because: 'pinned' | 'notSound';
}
/**
 * A file.
 */
export interface DocumentView {
  /**
   * document
   */
  documentId: string;
  /**
   * identifier
   */
  kind: string;
  /**
   * file name
   */
  name: string;
  /**
   * media type
   */
  mediaType: string;
  /**
   * size
   */
  sizeBytes: number;
  /**
   * state
   */
  state: 'expected' | 'quarantined' | 'clean' | 'refused';
}
export interface HistoryEntry {
  /**
   * event
   */
  eventId: string;
  /**
   * kind
   */
  kind: string;
  /**
   * instant
   */
  at: string;
  /**
   * actor
   */
  actor: Record<string, unknown>;
  /**
   * payload
   */
  payload: Record<string, unknown>;
  /**
   * accepted
   */
  accepted: boolean;
}
/**
 * A line of the queue; POST /api/v1/staff/{m}/tasks/{taskId}/claim with Idempotency-Key takes it and answers this; …/give-back lets go of it and answers this
 */
export interface TaskView {
  /**
   * task
   */
  taskId: string;
  /**
   * key
   */
  taskKey: string;
  /**
   * the step; of a fact to look up `fact:` and its id
   */
  stepId: string;
  /**
   * role
   */
  role: 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';
  title: Localised;
  /**
   * instant
   */
  dueAt?: string;
  /**
   * mine
   */
  claimedByMe: boolean;
  /**
   * claimed
   */
  claimed: boolean;
  /**
   * nobody has it, and the reader may take it
   */
  mayClaim: boolean;
  /**
   * the reader may let go of it: it is the reader's own, or a colleague's and the reader is a supervisor
   */
  mayGiveBack: boolean;
  /**
   * instant
   */
  openedAt: string;
  summary: CaseSummaryView;
}
export interface EffectView {
  /**
   * key
   */
  commandKey: string;
  /**
   * kind
   */
  kind: string;
  /**
   * status
   */
  status: string;
  /**
   * attempts
   */
  attempts: number;
  /**
   * error
   */
  lastError?: string;
}
/**
 * GET /api/v1/outbox (development only): mail and SMS caught instead of sent
 */
export interface CaughtMessages {
  /**
   * messages, newest first
   *
   * @maxItems 500
   */
  messages: CaughtMessage[];
}
export interface CaughtMessage {
  /**
   * id
   */
  id: string;
  /**
   * instant
   */
  at: string;
  /**
   * channel
   */
  channel: 'email' | 'sms';
  /**
   * address
   */
  to: string;
  /**
   * subject
   */
  subject: string;
  /**
   * body
   */
  body: string;
}
export interface ProvideDocuments {
  kind: 'documentProvided';
  /**
   * identifier
   */
  documentKind: string;
  /**
   * files
   *
   * @maxItems 20
   *
   * Items: document
   */
  documentIds: string[];
}
export interface Withdraw {
  kind: 'withdrawn';
  /**
   * reason
   */
  note?: string;
}
/**
 * The case as its owner sees it.
 */
export interface CitizenCase {
  /**
   * number/year
   */
  protocolNumber: string;
  programmeTitle: Localised;
  /**
   * instant
   */
  filedAt: string;
  /**
   * version
   */
  version: number;
  status: StatusView;
  /**
   * papers
   *
   * @maxItems 200
   */
  documents: CitizenDocument[];
  decision?: DecisionView;
  /**
   * instalments
   *
   * @maxItems 200
   */
  instalments: InstalmentView[];
  /**
   * what happened
   *
   * @maxItems 1000
   */
  timeline: TimelineEntry[];
  contact: ContactView;
}
export interface CitizenDocument {
  /**
   * identifier
   */
  kind: string;
  title: Localised;
  hint?: Localised;
  /**
   * status
   */
  status: 'missing' | 'asked' | 'provided' | 'accepted' | 'refused';
  /**
   * note
   */
  note?: string;
  /**
   * types
   *
   * @maxItems 200
   *
   * Items: type
   */
  acceptedTypes: string[];
  /**
   * size
   */
  sizeBytesMax: number;
}
/**
 * The decision with its reasons.
 */
export interface DecisionView {
  /**
   * approved
   */
  approved: boolean;
  /**
   * instant
   */
  decidedAt: string;
  /**
   * award
   */
  awardCents?: number;
  /**
   * rule by rule
   *
   * @maxItems 1000
   */
  reasons: DecisionReason[];
  /**
   * computed amounts
   *
   * @maxItems 200
   */
  amounts: DecisionAmount[];
  /**
   * legal basis
   */
  legalBasis: string;
  appealText: Localised;
  appealAuthority: Localised;
  /**
   * instant
   */
  appealUntil: string;
  /**
   * note
   */
  note?: string;
}
export interface DecisionReason {
  /**
   * identifier
   */
  ruleId: string;
  title: Localised;
  /**
   * value
   */
  value: 'true' | 'false' | 'unknown' | 'notApplicable';
  /**
   * severity
   */
  severity: 'blocking' | 'advisory';
  reason: Localised;
  /**
   * legal basis
   */
  legalBasis: string;
}
export interface DecisionAmount {
  /**
   * identifier
   */
  id: string;
  title: Localised;
  /**
   * cents
   */
  cents: number;
}
/**
 * One part of a payment.
 */
export interface InstalmentView {
  /**
   * identifier
   */
  partId: string;
  title: Localised;
  /**
   * amount
   */
  amountCents: number;
  /**
   * instant
   */
  dueAt: string;
  /**
   * date
   */
  paidOn?: string;
  /**
   * reference
   */
  reference?: string;
}
export interface TimelineEntry {
  /**
   * instant
   */
  at: string;
  text: Localised;
}
/**
 * Where help is found.
 */
export interface ContactView {
  /**
   * phone
   */
  phone: string;
  /**
   * e-mail
   */
  email?: string;
  place?: Localised;
  hours?: Localised;
}
/**
 * POST /api/v1/municipalities/{m}/drafts
 */
export interface CreateDraft {
  /**
   * identifier
   */
  programme: string;
  /**
   * hash of the version
   */
  hash: string;
  /**
   * answers so far
   */
  answers: Record<string, unknown>;
  /**
   * who applies: the person, or a relative with their authorisation; absent: the person
   */
  onBehalf?: 'self' | 'relative';
}
/**
 * The resume code is shown once; it works on any device.
 */
export interface DraftCreated {
  /**
   * resume code
   */
  resumeCode: string;
  draft: DraftView;
}
/**
 * A draft.
 */
export interface DraftView {
  /**
   * draft
   */
  draftId: string;
  /**
   * identifier
   */
  programme: string;
  /**
   * hash of the version
   */
  hash: string;
  /**
   * answers so far
   */
  answers: Record<string, unknown>;
  /**
   * version
   */
  version: number;
  /**
   * instant
   */
  expiresAt: string;
  /**
   * files
   *
   * @maxItems 200
   */
  documents: DocumentView[];
  /**
   * another version is in force than the one this draft is kept under; `answers` are as that one takes them
   */
  change?: {
    /**
     * hash of the version in force
     */
    hash: string;
    /**
     * adopt: nothing new to answer; ask: look at `questions` first
     */
    behaviour: 'adopt' | 'ask';
    /**
     * questions to answer
     *
     * @maxItems 300
     *
     * Items: identifier
     */
    questions: string[];
  };
  /**
   * who applies, when it was told
   */
  onBehalf?: 'self' | 'relative';
}
/**
 * POST /api/v1/municipalities/{m}/programmes/{id}/evaluate: the same bytes as browser and worker
 */
export interface EvaluateAnswers {
  /**
   * hash of the version
   */
  hash: string;
  /**
   * answers
   */
  answers: Record<string, unknown>;
  /**
   * date
   */
  asOf?: string;
}
/**
 * POST /api/v1/staff/{m}/applications with Idempotency-Key: an application that a clerk files for the person at the counter; recorded with onBehalf = desk
 */
export interface FileApplication {
  /**
   * identifier
   */
  programme: string;
  /**
   * hash of the version
   */
  hash: string;
  /**
   * answers; hidden ones are stripped by the server
   */
  answers: Record<string, unknown>;
  /**
   * files, announced with POST /api/v1/staff/{m}/documents
   *
   * @maxItems 200
   *
   * Items: document
   */
  documentIds: string[];
  /**
   * kinds of paper that the person will bring later
   *
   * @maxItems 100
   *
   * Items: identifier
   */
  documentsMissing: string[];
  /**
   * kinds of paper whose original the clerk has seen and kept, without a file
   *
   * @maxItems 100
   *
   * Items: identifier
   */
  documentsSeen?: string[];
  /**
   * who is at the counter: the applicant, for whom the clerk types (desk, unless said), or a relative or authorised person
   */
  onBehalf?: 'desk' | 'relative';
  /**
   * language of the reader
   */
  language: 'el' | 'en' | 'sq' | 'ar' | 'fa' | 'ur' | 'uk' | 'ka' | 'fr';
}
/**
 * GET /health/live and /health/ready
 */
export interface Health {
  /**
   * whether this process can serve
   */
  status: 'ok' | 'unavailable';
  /**
   * part → works
   */
  checks: Record<string, boolean>;
}
/**
 * GET /api/v1/staff/{m}/incidents
 */
export interface IncidentList {
  /**
   * open incidents
   *
   * @maxItems 500
   */
  incidents: IncidentView[];
}
export interface IncidentView {
  /**
   * incident
   */
  incidentId: string;
  /**
   * key
   */
  commandKey: string;
  /**
   * code
   */
  code: string;
  /**
   * instant
   */
  openedAt: string;
  summary: CaseSummaryView;
}
/**
 * GET /api/v1/municipalities
 */
export interface MunicipalityList {
  /**
   * municipalities
   *
   * @maxItems 200
   */
  municipalities: MunicipalityListed[];
}
export interface MunicipalityListed {
  code: MunicipalityCode;
  name: Localised;
  /**
   * regional unit
   */
  unit: string;
}
/**
 * One thing that is wrong.
 */
export interface ProblemFinding {
  /**
   * code of the catalogue
   */
  code: string;
  /**
   * JSON pointer into the body
   */
  pointer: string;
  /**
   * what was found, shortened; never for identity or special fields
   */
  found?: string;
  expected?: Localised;
  message: Localised;
  fix: Localised;
}
/**
 * RFC 9457 problem details; every finding has a code and a JSON pointer.
 */
export interface Problem {
  /**
   * URI of the code in the manual
   */
  type: string;
  title: Localised;
  /**
   * HTTP status
   */
  status: number;
  /**
   * code of the catalogue
   */
  code: string;
  detail: Localised;
  /**
   * request id
   */
  instance: string;
  /**
   * try again after
   */
  retryAfterSeconds?: number;
  /**
   * with programme.hashStale: the version in force now, so that it can be fetched by its hash
   */
  currentVersion?: {
    /**
     * to name when filing again
     */
    hash: string;
    /**
     * its address at the engine, from the first slash; what stands there never changes
     */
    path: string;
  };
  /**
   * every finding, in order of precedence
   *
   * @maxItems 1000
   */
  findings?: ProblemFinding[];
}
/**
 * GET /api/v1/municipalities/{m}/programmes
 */
export interface ProgrammeList {
  /**
   * current programmes
   *
   * @maxItems 200
   */
  programmes: ProgrammeListed[];
}
export interface ProgrammeListed {
  /**
   * identifier
   */
  id: string;
  /**
   * hash of the version
   */
  hash: string;
  title: Localised;
  summary: Localised;
}
/**
 * What the browser needs of a programme; server-only rules are left out.
 */
export interface ProgrammeView {
  /**
   * hash of the version
   */
  hash: string;
  municipality: MunicipalityCode;
  municipalityName: Localised;
  /**
   * the document, see schemas/programme.json
   */
  programme: Record<string, unknown>;
}
/**
 * GET /api/v1/staff/{m}/queue?scope=mine|all&programme=&step=&overdue=true&limit=&after=: a page, most urgent first; `after` is the last task of the page before
 */
export interface QueueView {
  /**
   * tasks
   *
   * @maxItems 500
   */
  tasks: TaskView[];
  /**
   * there are more after this page
   */
  more: boolean;
  /**
   * all open tasks of this scope by programme and step, whatever is filtered; only with the first page
   *
   * @maxItems 1000
   */
  counts?: QueueCount[];
}
/**
 * How many open tasks a step of a programme has.
 */
export interface QueueCount {
  /**
   * identifier
   */
  programmeId: string;
  programmeTitle: Localised;
  /**
   * the step; of a fact to look up `fact:` and its id
   */
  stepId: string;
  title: Localised;
  /**
   * open tasks
   */
  tasks: number;
  /**
   * past their due instant
   */
  overdue: number;
  /**
   * due before the day ends in Athens
   */
  dueToday: number;
}
/**
 * The receipt: the application is safe from here on.
 */
export interface ReceiptView {
  /**
   * application
   */
  applicationId: string;
  /**
   * number/year
   */
  protocolNumber: string;
  /**
   * tracking code
   */
  trackingCode: string;
  /**
   * instant, the clock of the register
   */
  filedAt: string;
  nextSteps: Localised;
  /**
   * papers still missing
   *
   * @maxItems 200
   */
  missingDocuments: MissingDocument[];
  contact: ContactView;
}
export interface MissingDocument {
  /**
   * identifier
   */
  kind: string;
  title: Localised;
}
/**
 * POST /api/v1/municipalities/{m}/drafts/resume; all other draft calls carry `Authorization: Draft <resume code>`
 */
export interface ResumeDraft {
  /**
   * resume code
   */
  resumeCode: string;
}
/**
 * PUT /api/v1/municipalities/{m}/drafts/current
 */
export interface SaveDraft {
  /**
   * the version that was read
   */
  version: number;
  /**
   * answers so far
   */
  answers: Record<string, unknown>;
  /**
   * hash of the version whose form was filled in; absent: the one the draft is kept under
   */
  hash?: string;
  /**
   * who applies; absent: as kept
   */
  onBehalf?: 'self' | 'relative';
}
/**
 * POST /api/v1/staff/{m}/search: names never stand in a URL; a read, but it needs X-CSRF-Token like every POST
 */
export interface SearchRequest {
  /**
   * protocol number or name
   */
  text: string;
}
export interface SearchResult {
  /**
   * cases
   *
   * @maxItems 100
   */
  cases: CaseSummaryView[];
}
export interface AskDocument {
  kind: 'documentAsked';
  /**
   * identifier
   */
  documentKind: string;
  /**
   * note
   */
  note?: string;
}
export interface ReceiveDocuments {
  kind: 'documentProvided';
  /**
   * identifier
   */
  documentKind: string;
  /**
   * files
   *
   * @maxItems 20
   *
   * Items: document
   */
  documentIds: string[];
}
export interface JudgeDocument {
  kind: 'documentJudged';
  /**
   * identifier
   */
  documentKind: string;
  /**
   * accepted
   */
  accepted: boolean;
  /**
   * note
   */
  note?: string;
}
export interface Review {
  kind: 'reviewed';
  /**
   * identifier
   */
  stepId: string;
  /**
   * identifier
   */
  outcome: string;
  /**
   * note
   */
  note?: string;
}
export interface Assess {
  kind: 'assessed';
  /**
   * identifier
   */
  stepId: string;
  /**
   * answers of the assessment
   */
  findings: Record<string, unknown>;
  /**
   * note
   */
  note?: string;
}
export interface Decide {
  kind: 'decided';
  /**
   * identifier
   */
  stepId: string;
  /**
   * approve
   */
  approve: boolean;
  /**
   * note
   */
  note?: string;
}
export interface RecordPayment {
  kind: 'partPaid';
  /**
   * identifier
   */
  stepId: string;
  /**
   * identifier
   */
  partId: string;
  /**
   * payment order
   */
  reference: string;
  /**
   * date
   */
  paidOn: string;
}
export interface SettleIncident {
  kind: 'incidentSettled';
  /**
   * incident
   */
  incidentId: string;
  /**
   * how
   */
  resolution: 'retry' | 'done' | 'drop';
  /**
   * note
   */
  note?: string;
}
export interface WithdrawForCitizen {
  kind: 'withdrawn';
  /**
   * note
   */
  note?: string;
}
export interface AddNote {
  kind: 'noteAdded';
  /**
   * note
   */
  note: string;
}
/**
 * What an official found in a register that the engine does not reach.
 */
export interface RecordFact {
  kind: 'factRecorded';
  /**
   * identifier
   */
  factId: string;
  /**
   * yes or no, a whole number (cents for money), a date, or a text
   */
  value: boolean | number | string;
  /**
   * note
   */
  note?: string;
}
/**
 * GET /api/v1/staff/session; 401 when nobody is signed in: go to GET /api/v1/staff/login?returnTo=/desk. POST /api/v1/staff/logout ends it
 */
export interface StaffSession {
  /**
   * account
   */
  account: string;
  /**
   * name
   */
  name: string;
  /**
   * send as X-CSRF-Token with every write
   */
  csrfToken: string;
  /**
   * roles
   *
   * @maxItems 200
   */
  grants: StaffGrant[];
  /**
   * demo data: show the banner
   */
  demo: boolean;
}
export interface StaffGrant {
  municipality: MunicipalityCode;
  municipalityName: Localised;
  /**
   * role
   */
  role: 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';
}
/**
 * POST /api/v1/municipalities/{m}/applications with Idempotency-Key; with a draft also `Authorization: Draft <resume code>`
 */
export interface SubmitApplication {
  /**
   * identifier
   */
  programme: string;
  /**
   * hash of the version
   */
  hash: string;
  /**
   * answers; hidden ones are stripped by the server
   */
  answers: Record<string, unknown>;
  /**
   * files
   *
   * @maxItems 200
   *
   * Items: document
   */
  documentIds: string[];
  /**
   * language of the reader
   */
  language: 'el' | 'en' | 'sq' | 'ar' | 'fa' | 'ur' | 'uk' | 'ka' | 'fr';
  actor?: ActorClaim;
}
/**
 * Without the second factor.
 */
export interface TrackAnswer {
  /**
   * number/year
   */
  protocolNumber: string;
  /**
   * instant
   */
  filedAt: string;
  stageTitle: Localised;
  /**
   * over
   */
  closed: boolean;
  /**
   * instant
   */
  dueAt?: string;
  /**
   * where a one-time code can be sent
   *
   * @maxItems 200
   */
  channels: ('email' | 'sms')[];
}
/**
 * POST /api/v1/tracking/challenge: sends a one-time code; always 202
 */
export interface TrackChallenge {
  municipality: MunicipalityCode;
  /**
   * tracking code
   */
  trackingCode: string;
  /**
   * where to
   */
  channel: 'email' | 'sms';
}
/**
 * POST /api/v1/tracking/open: a session of a few minutes
 */
export interface TrackOpen {
  municipality: MunicipalityCode;
  /**
   * tracking code
   */
  trackingCode: string;
  /**
   * six digits
   */
  oneTimeCode: string;
}
/**
 * POST /api/v1/tracking/open answers this. `Authorization: Bearer <token>` for GET /api/v1/tracking/case, POST /api/v1/tracking/actions, POST and PUT /api/v1/tracking/documents
 */
export interface TrackSession {
  /**
   * token
   */
  token: string;
  /**
   * instant
   */
  expiresAt: string;
  view: CitizenCase;
}
/**
 * POST /api/v1/tracking: stage and dates only
 */
export interface TrackRequest {
  municipality: MunicipalityCode;
  /**
   * tracking code
   */
  trackingCode: string;
}
