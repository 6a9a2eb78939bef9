/* Generated from definitions/schemas by `npm run types`. Do not edit. */

/**
 * A short Latin name, unique among its kind; people never see it. / Σύντομο λατινικό όνομα, μοναδικό στο είδος του· δεν το βλέπει ο πολίτης.
 */
export type Identifier = string;
/**
 * A condition or formula: a literal, or an object with exactly one operator. / Συνθήκη ή τύπος.
 */
export type Expression =
  | boolean
  | number
  | string
  | VarExpression
  | ComputedExpression
  | ParamExpression
  | FactExpression
  | DocumentExpression
  | AsOfExpression
  | DateExpression
  | ListExpression
  | EqualExpression
  | NotEqualExpression
  | LessExpression
  | LessOrEqualExpression
  | GreaterExpression
  | GreaterOrEqualExpression
  | InExpression
  | AndExpression
  | OrExpression
  | NotExpression
  | IfExpression
  | SumExpression
  | DifferenceExpression
  | ProductExpression
  | DivideExpression
  | MinimumExpression
  | MaximumExpression
  | CountExpression
  | SumOfExpression
  | SomeExpression
  | AllExpression
  | NoneExpression
  | LengthExpression
  | AgeExpression
  | MonthsExpression
  | DaysExpression
  | DateAddExpression
  | KnownExpression
  | LookupExpression
  | BandExpression;
export type Step =
  | CheckStep
  | DocumentsStep
  | ReviewStep
  | AssessStep
  | DecideStep
  | PayStep
  | NotifyStep
  | WaitStep
  | BranchStep
  | CallStep
  | EndStep;
/**
 * role in the municipality / ρόλος
 */
export type Role = 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';

/**
 * Every noun of this sheet.
 */
export interface Nouns {
  Computed?: Computed;
  DocumentKind?: DocumentKind;
  Due?: Due;
  Expression?: Expression;
  VarExpression?: VarExpression;
  ComputedExpression?: ComputedExpression;
  ParamExpression?: ParamExpression;
  FactExpression?: FactExpression;
  DocumentExpression?: DocumentExpression;
  AsOfExpression?: AsOfExpression;
  DateExpression?: DateExpression;
  ListExpression?: ListExpression;
  EqualExpression?: EqualExpression;
  NotEqualExpression?: NotEqualExpression;
  LessExpression?: LessExpression;
  LessOrEqualExpression?: LessOrEqualExpression;
  GreaterExpression?: GreaterExpression;
  GreaterOrEqualExpression?: GreaterOrEqualExpression;
  InExpression?: InExpression;
  AndExpression?: AndExpression;
  OrExpression?: OrExpression;
  NotExpression?: NotExpression;
  IfExpression?: IfExpression;
  SumExpression?: SumExpression;
  DifferenceExpression?: DifferenceExpression;
  ProductExpression?: ProductExpression;
  DivideExpression?: DivideExpression;
  MinimumExpression?: MinimumExpression;
  MaximumExpression?: MaximumExpression;
  CountExpression?: CountExpression;
  SumOfExpression?: SumOfExpression;
  SomeExpression?: SomeExpression;
  AllExpression?: AllExpression;
  NoneExpression?: NoneExpression;
  LengthExpression?: LengthExpression;
  AgeExpression?: AgeExpression;
  MonthsExpression?: MonthsExpression;
  DaysExpression?: DaysExpression;
  DateAddExpression?: DateAddExpression;
  KnownExpression?: KnownExpression;
  LookupExpression?: LookupExpression;
  BandExpression?: BandExpression;
  Fact?: Fact;
  Flow?: Flow;
  Overdue?: Overdue;
  Step?: Step;
  CheckStep?: CheckStep;
  DocumentsStep?: DocumentsStep;
  ReviewStep?: ReviewStep;
  AssessStep?: AssessStep;
  DecideStep?: DecideStep;
  PayStep?: PayStep;
  NotifyStep?: NotifyStep;
  WaitStep?: WaitStep;
  BranchStep?: BranchStep;
  CallStep?: CallStep;
  EndStep?: EndStep;
  Form?: Form;
  Identifier?: Identifier;
  Message?: Message;
  Overlay?: Overlay;
  OverlayTarget?: OverlayTarget;
  Parameter?: Parameter;
  Points?: Points;
  ProgrammeCase?: ProgrammeCase;
  Programme?: Programme;
  Question?: Question;
  Role?: Role;
  Rule?: Rule;
  Selection?: Selection;
  SelectionWindow?: SelectionWindow;
  SelectionPriority?: SelectionPriority;
  SelectionReserve?: SelectionReserve;
  Table?: Table;
  Text?: Text;
}
/**
 * A computed value: award, limit, size. / Υπολογιζόμενη τιμή.
 */
export interface Computed {
  id: Identifier;
  title: Text;
  /**
   * type / τύπος
   */
  type: 'money' | 'number' | 'boolean' | 'date' | 'text';
  value: Expression;
  /**
   * legal basis / νομική βάση
   */
  legalBasis?: string;
  /**
   * shown to the citizen with the decision / εμφανίζεται
   */
  visible?: boolean;
}
/**
 * A text for people, in several languages; Greek and English always. / Κείμενο για ανθρώπους σε πολλές γλώσσες· ελληνικά και αγγλικά πάντα.
 */
export interface Text {
  /**
   * Greek / Ελληνικά
   */
  el: string;
  /**
   * English / Αγγλικά
   */
  en: string;
  /**
   * sq
   */
  sq?: string;
  /**
   * ar
   */
  ar?: string;
  /**
   * fa
   */
  fa?: string;
  /**
   * ur
   */
  ur?: string;
  /**
   * uk
   */
  uk?: string;
  /**
   * ka
   */
  ka?: string;
  /**
   * fr
   */
  fr?: string;
}
/**
 * An answer, by its path; own properties only. / Μια απάντηση, με τη διαδρομή της.
 */
export interface VarExpression {
  /**
   * path
   */
  var: string;
}
/**
 * A computed value of this programme. / Υπολογιζόμενη τιμή του προγράμματος.
 */
export interface ComputedExpression {
  computed: Identifier;
}
/**
 * A dated parameter, the value in force on asOf. / Παράμετρος, η τιμή που ισχύει στην ημερομηνία κρίσης.
 */
export interface ParamExpression {
  param: Identifier;
}
/**
 * A declared fact from a register or the history. / Δηλωμένο γεγονός από μητρώο ή ιστορικό.
 */
export interface FactExpression {
  fact: Identifier;
}
/**
 * Is this paper accepted? Unknown until it is judged. / Έχει γίνει δεκτό αυτό το δικαιολογητικό;
 */
export interface DocumentExpression {
  document: Identifier;
}
/**
 * The date on which the case is judged. / Η ημερομηνία κρίσης.
 */
export interface AsOfExpression {
  asOf: true;
}
/**
 * A date literal. / Ημερομηνία.
 */
export interface DateExpression {
  /**
   * yyyy-mm-dd
   */
  date: string;
}
/**
 * A list of literals. / Κατάλογος σταθερών.
 */
export interface ListExpression {
  /**
   * @maxItems 2000
   */
  list: (string | number | boolean)[];
}
/**
 * Comparison; both sides of the same type. / Σύγκριση ίδιων τύπων.
 */
export interface EqualExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '==': Expression[];
}
/**
 * Comparison; both sides of the same type. / Σύγκριση ίδιων τύπων.
 */
export interface NotEqualExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '!=': Expression[];
}
/**
 * Comparison; both sides of the same type. / Σύγκριση ίδιων τύπων.
 */
export interface LessExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '<': Expression[];
}
/**
 * Comparison; both sides of the same type. / Σύγκριση ίδιων τύπων.
 */
export interface LessOrEqualExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '<=': Expression[];
}
/**
 * Comparison; both sides of the same type. / Σύγκριση ίδιων τύπων.
 */
export interface GreaterExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '>': Expression[];
}
/**
 * Comparison; both sides of the same type. / Σύγκριση ίδιων τύπων.
 */
export interface GreaterOrEqualExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '>=': Expression[];
}
/**
 * Is the left among the list on the right? / Ανήκει το αριστερό στον κατάλογο;
 */
export interface InExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  in: Expression[];
}
/**
 * All hold (three-valued). / Ισχύουν όλα.
 */
export interface AndExpression {
  /**
   * operands / τελεστέοι
   *
   * @minItems 1
   * @maxItems 100
   */
  and: Expression[];
}
/**
 * At least one holds (three-valued). / Ισχύει ένα τουλάχιστον.
 */
export interface OrExpression {
  /**
   * operands / τελεστέοι
   *
   * @minItems 1
   * @maxItems 100
   */
  or: Expression[];
}
/**
 * Does not hold. / Δεν ισχύει.
 */
export interface NotExpression {
  not: Expression;
}
/**
 * Condition, then, otherwise. / Αν, τότε, αλλιώς.
 */
export interface IfExpression {
  /**
   * condition, then, otherwise
   *
   * @minItems 3
   * @maxItems 3
   */
  if: Expression[];
}
/**
 * Sum of numbers. / Άθροισμα.
 */
export interface SumExpression {
  /**
   * operands / τελεστέοι
   *
   * @minItems 1
   * @maxItems 100
   */
  '+': Expression[];
}
/**
 * Left minus right. / Διαφορά.
 */
export interface DifferenceExpression {
  /**
   * left and right / αριστερά και δεξιά
   *
   * @minItems 2
   * @maxItems 2
   */
  '-': Expression[];
}
/**
 * Product. / Γινόμενο.
 */
export interface ProductExpression {
  /**
   * operands / τελεστέοι
   *
   * @minItems 1
   * @maxItems 100
   */
  '*': Expression[];
}
/**
 * Division with declared rounding to an integer. / Διαίρεση με δηλωμένη στρογγύλευση.
 */
export interface DivideExpression {
  divRound: DivideRounded;
}
export interface DivideRounded {
  of: Expression;
  by: Expression;
  /**
   * rounding / στρογγύλευση
   */
  rounding: 'truncate' | 'halfUp' | 'halfEven' | 'up';
}
/**
 * The smallest. / Το μικρότερο.
 */
export interface MinimumExpression {
  /**
   * operands / τελεστέοι
   *
   * @minItems 1
   * @maxItems 100
   */
  min: Expression[];
}
/**
 * The largest. / Το μεγαλύτερο.
 */
export interface MaximumExpression {
  /**
   * operands / τελεστέοι
   *
   * @minItems 1
   * @maxItems 100
   */
  max: Expression[];
}
/**
 * How many elements satisfy the condition. / Πόσα στοιχεία ικανοποιούν τη συνθήκη.
 */
export interface CountExpression {
  count: CountExpressionOf;
}
export interface CountExpressionOf {
  of: Expression;
  as: Identifier;
  where: Expression;
}
/**
 * Sum of a value over elements. / Άθροισμα τιμής στα στοιχεία.
 */
export interface SumOfExpression {
  sum: SumOfExpressionOf;
}
export interface SumOfExpressionOf {
  of: Expression;
  as: Identifier;
  value: Expression;
  where?: Expression;
}
/**
 * Some element satisfies. / Κάποιο στοιχείο ικανοποιεί.
 */
export interface SomeExpression {
  some: SomeExpressionOf;
}
export interface SomeExpressionOf {
  of: Expression;
  as: Identifier;
  where: Expression;
}
/**
 * All elements satisfy; true for none. / Όλα ικανοποιούν.
 */
export interface AllExpression {
  all: AllExpressionOf;
}
export interface AllExpressionOf {
  of: Expression;
  as: Identifier;
  where: Expression;
}
/**
 * No element satisfies. / Κανένα δεν ικανοποιεί.
 */
export interface NoneExpression {
  none: NoneExpressionOf;
}
export interface NoneExpressionOf {
  of: Expression;
  as: Identifier;
  where: Expression;
}
/**
 * Number of elements of a list. / Πλήθος στοιχείων.
 */
export interface LengthExpression {
  length: Expression;
}
/**
 * Whole years from a birth date to a date. / Ηλικία σε έτη.
 */
export interface AgeExpression {
  /**
   * birth date, date
   *
   * @minItems 2
   * @maxItems 2
   */
  ageAt: Expression[];
}
/**
 * Whole months between two dates. / Πλήρεις μήνες.
 */
export interface MonthsExpression {
  /**
   * from, to
   *
   * @minItems 2
   * @maxItems 2
   */
  monthsBetween: Expression[];
}
/**
 * Days between two dates. / Ημέρες.
 */
export interface DaysExpression {
  /**
   * from, to
   *
   * @minItems 2
   * @maxItems 2
   */
  daysBetween: Expression[];
}
/**
 * A date moved by days, months or years. / Μετατόπιση ημερομηνίας.
 */
export interface DateAddExpression {
  dateAdd: DateMoved;
}
export interface DateMoved {
  to: Expression;
  amount: Expression;
  /**
   * unit / μονάδα
   */
  unit: 'days' | 'months' | 'years';
}
/**
 * Has this been answered? True when it has; false when it never will be (hidden, refused, or left empty in a filed application); unknown before. / Έχει απαντηθεί;
 */
export interface KnownExpression {
  /**
   * path
   */
  known: string;
}
/**
 * A value from a lookup table. / Τιμή από πίνακα.
 */
export interface LookupExpression {
  lookup: LookupOf;
}
export interface LookupOf {
  table: Identifier;
  /**
   * column → value / στήλη → τιμή
   */
  key: {
    [k: string]: Expression;
  };
}
/**
 * The value of the band in which a number falls. / Η τιμή του κλιμακίου.
 */
export interface BandExpression {
  band: BandOf;
}
export interface BandOf {
  table: Identifier;
  of: Expression;
}
/**
 * A paper that a case may need. / Δικαιολογητικό.
 */
export interface DocumentKind {
  id: Identifier;
  title: Text;
  hint?: Text;
  requiredWhen?: Expression;
  /**
   * accepted types / τύποι
   *
   * @minItems 1
   */
  acceptedTypes: ('application/pdf' | 'image/jpeg' | 'image/png')[];
  /**
   * bytes at most / μέγεθος
   */
  sizeBytesMax: number;
  /**
   * files at most / πλήθος
   */
  filesMax: number;
  /**
   * valid for months / ισχύς σε μήνες
   */
  expiryMonths?: number;
  /**
   * the application may be filed without it / μπορεί να λείπει στην υποβολή
   */
  mayBeMissingAtFiling: boolean;
  /**
   * category
   */
  sensitivity?: 'identity' | 'special' | 'criminal';
  /**
   * legal basis
   */
  legalBasis?: string;
}
/**
 * An instant, computed in Europe/Athens. / Προθεσμία.
 */
export interface Due {
  /**
   * days after from / ημέρες
   */
  days?: number;
  /**
   * calendar or working days / ημερολογιακές ή εργάσιμες
   */
  kind?: 'calendar' | 'working';
  /**
   * local time; default end of day 23:59:59
   */
  time?: string;
  /**
   * counted from / από
   */
  from?: 'entered' | 'filed';
  date?: Expression;
}
/**
 * Something a register or the history tells, declared with its type. / Γεγονός από μητρώο.
 */
export interface Fact {
  id: Identifier;
  title: Text;
  /**
   * type / τύπος
   */
  type: 'money' | 'number' | 'boolean' | 'date' | 'text';
  /**
   * which register / ποιο μητρώο
   */
  source: string;
}
/**
 * The steps of a case. / Η πορεία της υπόθεσης.
 */
export interface Flow {
  start: Identifier;
  /**
   * stages / στάδια
   *
   * @minItems 1
   * @maxItems 30
   */
  stages: Stage[];
  /**
   * steps
   *
   * @minItems 1
   * @maxItems 200
   */
  steps: Step[];
}
export interface Stage {
  id: Identifier;
  title: Text;
}
/**
 * Evaluates the rules. / Έλεγχος κανόνων.
 */
export interface CheckStep {
  kind: 'check';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  next: CheckNext;
}
/**
 * What happens when due passes. / Τι γίνεται στη λήξη.
 */
export interface Overdue {
  escalateTo?: Role;
  message?: Identifier;
  next?: Identifier;
}
export interface CheckNext {
  eligible: Identifier;
  ineligible: Identifier;
  undecided: Identifier;
}
/**
 * Waits until the required papers are in; asks, reminds, gives up. / Δικαιολογητικά.
 */
export interface DocumentsStep {
  kind: 'documents';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due: Due;
  overdue?: Overdue;
  ask?: Identifier;
  /**
   * reminders / υπενθυμίσεις
   *
   * @maxItems 10
   */
  remind?: Reminder[];
  giveUp?: GiveUp;
  next: Identifier;
}
export interface Reminder {
  after: Due;
  message: Identifier;
}
export interface GiveUp {
  after: Due;
  next: Identifier;
}
/**
 * A task for a role, with outcomes. / Εργασία.
 */
export interface ReviewStep {
  kind: 'review';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due: Due;
  overdue: Overdue;
  role: Role;
  /**
   * outcomes
   *
   * @minItems 1
   * @maxItems 20
   */
  outcomes: ReviewOutcome[];
}
export interface ReviewOutcome {
  id: Identifier;
  title: Text;
  next: Identifier;
  /**
   * a note is required / απαιτείται σημείωση
   */
  noteRequired?: boolean;
}
/**
 * An inspection or assessment with findings. / Αυτοψία ή εκτίμηση.
 */
export interface AssessStep {
  kind: 'assess';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due: Due;
  overdue: Overdue;
  role: Role;
  /**
   * what is recorded; readable by rules as stepId.questionId / ευρήματα
   *
   * @minItems 1
   * @maxItems 50
   */
  findings: Question[];
  next: Identifier;
}
/**
 * A question of the form, or a piece of information between questions. / Ερώτηση.
 */
export interface Question {
  id: Identifier;
  /**
   * field type / τύπος πεδίου
   */
  type:
    | 'text'
    | 'longText'
    | 'number'
    | 'money'
    | 'date'
    | 'yesNo'
    | 'choice'
    | 'choices'
    | 'email'
    | 'phone'
    | 'address'
    | 'afm'
    | 'amka'
    | 'personalNumber'
    | 'identity'
    | 'iban'
    | 'repeat'
    | 'file'
    | 'declaration'
    | 'information'
    | 'computed';
  label: Text;
  hint?: Text;
  help?: Text;
  /**
   * may be left empty / προαιρετικό
   */
  optional?: boolean;
  visible?: Expression;
  /**
   * options / επιλογές
   *
   * @maxItems 2000
   */
  options?: Option[];
  /**
   * smallest (cents for money) / ελάχιστο
   */
  min?: number;
  /**
   * largest / μέγιστο
   */
  max?: number;
  dateMin?: Expression;
  dateMax?: Expression;
  /**
   * characters at most / μέγιστοι χαρακτήρες
   */
  lengthMax?: number;
  /**
   * elements at least / ελάχιστα στοιχεία
   */
  itemsMin?: number;
  /**
   * elements at most / μέγιστα στοιχεία
   */
  itemsMax?: number;
  /**
   * questions of each element of a repeat / ερωτήσεις κάθε στοιχείου
   *
   * @maxItems 50
   */
  items?: Question[];
  itemTitle?: Text;
  document?: Identifier;
  value?: Expression;
  /**
   * category of personal data / κατηγορία δεδομένων
   */
  sensitivity?: 'identity' | 'special' | 'criminal';
  /**
   * what this answer is to the engine / τι σημαίνει για το σύστημα
   */
  role?:
    | 'applicantGivenName'
    | 'applicantFamilyName'
    | 'applicantBirthDate'
    | 'applicantEmail'
    | 'applicantPhone'
    | 'applicantAfm'
    | 'applicantAmka'
    | 'household'
    | 'consent';
  /**
   * legal basis of asking / νομική βάση
   */
  legalBasis?: string;
  purpose?: Text;
}
export interface Option {
  value: Identifier;
  label: Text;
  hint?: Text;
}
/**
 * The decision, by a person, with reasons per rule. / Απόφαση.
 */
export interface DecideStep {
  kind: 'decide';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due: Due;
  overdue: Overdue;
  role: Role;
  award?: Identifier;
  appeal: Appeal;
  /**
   * legal basis
   */
  legalBasis: string;
  next: DecideNext;
}
export interface Appeal {
  text: Text;
  /**
   * days to appeal / ημέρες
   */
  days: number;
  /**
   * kind of days
   */
  kind: 'calendar' | 'working';
  authority: Text;
}
export interface DecideNext {
  approved: Identifier;
  refused: Identifier;
}
/**
 * Payment or hand-over in parts, each recorded. / Καταβολή σε δόσεις.
 */
export interface PayStep {
  kind: 'pay';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue: Overdue;
  role: Role;
  amount: Identifier;
  /**
   * parts / δόσεις
   *
   * @minItems 1
   * @maxItems 60
   */
  parts: PaymentPart[];
  message?: Identifier;
  next: Identifier;
}
export interface PaymentPart {
  id: Identifier;
  title: Text;
  /**
   * share; the last part takes the rest / μερίδιο ‰
   */
  sharePerMille: number;
  due: Due;
}
/**
 * Sends a message to the citizen. / Ειδοποίηση.
 */
export interface NotifyStep {
  kind: 'notify';
  id: Identifier;
  title: Text;
  stage?: Identifier;
  citizenText?: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  message: Identifier;
  next: Identifier;
}
/**
 * Waits until an instant. / Αναμονή.
 */
export interface WaitStep {
  kind: 'wait';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  until: Due;
  next: Identifier;
}
/**
 * Chooses the way. / Διακλάδωση.
 */
export interface BranchStep {
  kind: 'branch';
  id: Identifier;
  title: Text;
  stage?: Identifier;
  citizenText?: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  /**
   * cases
   *
   * @minItems 1
   * @maxItems 50
   */
  cases: BranchCase[];
  unknown?: Identifier;
  otherwise: Identifier;
}
export interface BranchCase {
  when: Expression;
  next: Identifier;
}
/**
 * Calls an activity that a developer has given. / Κλήση.
 */
export interface CallStep {
  kind: 'call';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  /**
   * name of the activity / όνομα
   */
  activity: string;
  /**
   * name → expression / είσοδος
   */
  input: {
    [k: string]: Expression;
  };
  next: Identifier;
  failed?: Identifier;
}
/**
 * The case is over. / Τέλος.
 */
export interface EndStep {
  kind: 'end';
  id: Identifier;
  title: Text;
  stage?: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  /**
   * outcome / έκβαση
   */
  outcome: 'granted' | 'refused' | 'withdrawn' | 'expired' | 'completed';
}
/**
 * The questions, page by page. / Η αίτηση.
 */
export interface Form {
  /**
   * pages
   *
   * @minItems 1
   * @maxItems 60
   */
  pages: Page[];
}
/**
 * One group of questions. / Μία ομάδα ερωτήσεων.
 */
export interface Page {
  id: Identifier;
  title: Text;
  intro?: Text;
  visible?: Expression;
  /**
   * questions
   *
   * @minItems 1
   * @maxItems 50
   */
  questions: Question[];
}
/**
 * A message to the citizen; placeholders by name in braces. / Μήνυμα.
 */
export interface Message {
  id: Identifier;
  /**
   * channels, in this order of preference / κανάλια
   *
   * @minItems 1
   */
  channels: ('email' | 'sms')[];
  subject: Text;
  body: Text;
  sms?: Text;
}
/**
 * What one municipality sets in a base programme. / Ρυθμίσεις δήμου.
 */
export interface Overlay {
  schemaVersion: '1';
  base: Identifier;
  /**
   * ministry code / κωδικός
   */
  municipality: string;
  /**
   * settings
   *
   * @maxItems 500
   */
  set: OverlaySetting[];
  /**
   * sources
   *
   * @maxItems 50
   *
   * Items: source
   */
  sources?: string[];
}
export interface OverlaySetting {
  target: OverlayTarget;
  /**
   * the value / η τιμή
   */
  value: string | number | boolean | unknown[] | {};
}
/**
 * What is set, by id. / Τι ορίζεται.
 */
export interface OverlayTarget {
  /**
   * kind / είδος
   */
  noun: 'programme' | 'parameter' | 'table' | 'message' | 'step' | 'question' | 'document' | 'contact' | 'calendar';
  id?: Identifier;
  /**
   * property / ιδιότητα
   */
  property: string;
}
/**
 * A figure or list of the law, with its dates of force. / Μέγεθος του νόμου, με ημερομηνίες ισχύος.
 */
export interface Parameter {
  id: Identifier;
  title: Text;
  /**
   * unit / μονάδα
   */
  unit: 'cents' | 'count' | 'percent' | 'date' | 'text' | 'list';
  /**
   * legal basis / νομική βάση
   */
  legalBasis?: string;
  /**
   * A demo value, not law; shown as such. / Τιμή επίδειξης.
   */
  invented?: boolean;
  /**
   * values, oldest first / τιμές
   *
   * @minItems 1
   * @maxItems 100
   */
  values: ParameterValue[];
}
export interface ParameterValue {
  /**
   * in force from / ισχύει από
   */
  from: string;
  /**
   * number, text, date or list / τιμή
   *
   * @maxItems 2000
   */
  value: number | string | boolean | (string | number)[];
}
/**
 * Lines of points, added in this order. / Μοριοδότηση.
 */
export interface Points {
  /**
   * lines
   *
   * @maxItems 200
   */
  lines: PointsLine[];
  /**
   * at most in total / ανώτατο σύνολο
   */
  cap?: number;
}
export interface PointsLine {
  id: Identifier;
  title: Text;
  when?: Expression;
  points: Expression;
  /**
   * at most / έως
   */
  cap?: number;
  multiplier?: Expression;
  /**
   * order of cap and multiplier / σειρά
   */
  order?: 'capThenMultiply' | 'multiplyThenCap';
  /**
   * legal basis
   */
  legalBasis?: string;
}
/**
 * A case of a programme: answers in, decision out. / Παράδειγμα.
 */
export interface ProgrammeCase {
  title: Text;
  /**
   * judged on
   */
  asOf: string;
  /**
   * answers
   */
  answers: {
    [k: string]: unknown;
  };
  /**
   * facts
   */
  facts?: {
    [k: string]: unknown;
  };
  /**
   * step → findings
   */
  findings?: {
    [k: string]: unknown;
  };
  /**
   * municipality code of an overlay
   */
  overlay?: string;
  expect: ProgrammeExpectation;
}
export interface ProgrammeExpectation {
  /**
   * outcome
   */
  outcome: 'eligible' | 'ineligible' | 'undecided';
  /**
   * rule → value
   */
  rules?: {
    [k: string]: 'true' | 'false' | 'unknown' | 'notApplicable';
  };
  /**
   * computed → value
   */
  computed?: {
    [k: string]: unknown;
  };
  /**
   * points
   */
  points?: number;
  /**
   * papers required
   */
  documents?: Identifier[];
}
/**
 * A whole programme as one document. / Ολόκληρο πρόγραμμα.
 */
export interface Programme {
  schemaVersion: '1';
  id: Identifier;
  title: Text;
  summary: Text;
  /**
   * rolling: each case is decided as it comes; batch: applications of a window are ranked together (declared, not yet run) / κυλιόμενο ή κατά ομάδες
   */
  mode: 'rolling' | 'batch';
  category: Identifier;
  /**
   * ministry code, after the overlay / κωδικός δήμου
   */
  municipality?: string;
  /**
   * legal basis / νομική βάση
   *
   * @minItems 1
   * @maxItems 50
   *
   * Items: legal basis
   */
  legalBasis: string[];
  /**
   * sources / πηγές
   *
   * @maxItems 50
   *
   * Items: source
   */
  sources?: string[];
  opening: Opening;
  contact: Contact;
  nextSteps: Text;
  before?: Text;
  /**
   * EUR unless said / νόμισμα
   */
  currency?: string;
  form: Form;
  /**
   * papers
   *
   * @maxItems 100
   */
  documents: DocumentKind[];
  /**
   * parameters
   *
   * @maxItems 300
   */
  parameters: Parameter[];
  /**
   * tables
   *
   * @maxItems 100
   */
  tables: Table[];
  /**
   * facts
   *
   * @maxItems 100
   */
  facts: Fact[];
  /**
   * computed values, in order
   *
   * @maxItems 200
   */
  computed: Computed[];
  /**
   * rules
   *
   * @maxItems 1000
   */
  rules: Rule[];
  points?: Points;
  selection?: Selection;
  flow: Flow;
  /**
   * messages
   *
   * @maxItems 100
   */
  messages: Message[];
  /**
   * municipal holidays / τοπικές αργίες
   *
   * @maxItems 30
   */
  holidays: Holiday[];
  /**
   * what an overlay may set
   *
   * @maxItems 300
   */
  overlayable: Overlayable[];
}
export interface Opening {
  /**
   * first day / από
   */
  from: string;
  /**
   * last day / έως
   */
  until?: string;
}
/**
 * Where help is found. / Πού θα βοηθηθείτε.
 */
export interface Contact {
  /**
   * phone
   */
  phone: string;
  /**
   * e-mail
   */
  email?: string;
  place?: Text;
  hours?: Text;
}
/**
 * A lookup table (rows of keys) or a table of bands. / Πίνακας αναζήτησης ή κλιμακίων.
 */
export interface Table {
  id: Identifier;
  title: Text;
  /**
   * legal basis / νομική βάση
   */
  legalBasis?: string;
  /**
   * demo value / τιμή επίδειξης
   */
  invented?: boolean;
  /**
   * bands, ascending / κλιμάκια
   *
   * @maxItems 200
   */
  bands?: BandRow[];
  /**
   * columns of the key / στήλες
   *
   * @maxItems 8
   */
  columns?: Identifier[];
  /**
   * rows / γραμμές
   *
   * @maxItems 1000
   */
  rows?: TableRow[];
  otherwise?: Expression;
}
/**
 * A band: from `from` (or above the previous row's upTo) up to and including upTo. / Κλιμάκιο: από «from» (ή πάνω από το προηγούμενο) έως και upTo.
 */
export interface BandRow {
  /**
   * inclusive, as the notice writes it; absent: above the previous row / από, όπως το γράφει η ανακοίνωση
   */
  from?: number;
  /**
   * inclusive; absent in the last row: no limit / ως και
   */
  upTo?: number;
  /**
   * value / τιμή
   */
  value: number;
}
export interface TableRow {
  /**
   * keys, any of them / κλειδιά, οποιοδήποτε
   *
   * @minItems 1
   * @maxItems 20
   *
   * Items: column → value
   */
  anyOf: {
    [k: string]: number | string | boolean;
  }[];
  /**
   * value / τιμή
   */
  value: number;
}
/**
 * A condition of the programme, with reasons and legal basis. / Κανόνας.
 */
export interface Rule {
  id: Identifier;
  title: Text;
  when?: Expression;
  condition: Expression;
  /**
   * blocking: false refuses / αποκλείει
   */
  severity: 'blocking' | 'advisory';
  reason: RuleReason;
  /**
   * legal basis / νομική βάση
   */
  legalBasis: string;
  /**
   * never sent to browsers / μόνο στον διακομιστή
   */
  serverOnly?: boolean;
}
export interface RuleReason {
  true?: Text;
  false: Text;
  unknown?: Text;
}
/**
 * How a batch programme chooses among its applications. Declared and checked; no version runs it yet. / Πώς επιλέγει ένα πρόγραμμα κατά ομάδες.
 */
export interface Selection {
  /**
   * how places are given / τρόπος επιλογής
   */
  model: 'firstCome' | 'points' | 'lottery' | 'preferences' | 'budgetSplit';
  capacity: Expression;
  /**
   * day on which every application is judged / ημέρα κρίσης όλων των αιτήσεων
   */
  snapshotAt?: string;
  /**
   * periods, in their order / περίοδοι
   *
   * @minItems 1
   * @maxItems 30
   */
  windows: SelectionWindow[];
  /**
   * what is compared, in this order; the last is always a draw / κριτήρια κατάταξης και ισοβαθμίας με τη σειρά
   *
   * @minItems 1
   * @maxItems 30
   */
  priority: SelectionPriority[];
  /**
   * places kept for a group, filled in this order / θέσεις που κρατούνται
   *
   * @maxItems 30
   */
  reserves?: SelectionReserve[];
  draw: SelectionDraw;
  waitingList?: SelectionWaitingList;
}
/**
 * A period in local time, both instants included. / Περίοδος.
 */
export interface SelectionWindow {
  id: Identifier;
  title: Text;
  /**
   * what is received / τι υποβάλλεται
   */
  kind: 'applications' | 'objections' | 'acceptance';
  /**
   * first day / πρώτη ημέρα
   */
  from: string;
  /**
   * absent: 00:00 / ώρα έναρξης
   */
  fromTime?: string;
  /**
   * last day / τελευταία ημέρα
   */
  until: string;
  /**
   * absent: end of day / ώρα λήξης
   */
  untilTime?: string;
  /**
   * only these last digits of the AFM / μόνο αυτά τα τελευταία ψηφία ΑΦΜ
   *
   * @maxItems 10
   *
   * Items: digit
   */
  afmLastDigits?: number[];
  /**
   * filings of one applicant at most / μέγιστες υποβολές
   */
  filingsMax?: number;
  /**
   * demo dates / ημερομηνίες επίδειξης
   */
  invented?: boolean;
}
/**
 * One comparison. / Ένα κριτήριο.
 */
export interface SelectionPriority {
  id: Identifier;
  title: Text;
  /**
   * total points, one line of points, a computed value, instant of filing, draw / με τι
   */
  by: 'total' | 'line' | 'computed' | 'filedAt' | 'draw';
  name?: Identifier;
  /**
   * who comes first; earliest is lowest / ποιος προηγείται
   */
  order?: 'highest' | 'lowest';
  /**
   * demo value / επίδειξη
   */
  invented?: boolean;
  /**
   * legal basis / νομική βάση
   */
  legalBasis?: string;
}
/**
 * Places for a group. / Θέσεις για ομάδα.
 */
export interface SelectionReserve {
  id: Identifier;
  title: Text;
  when: Expression;
  places: Expression;
  /**
   * soft: unused places go to the others / οι κενές δίνονται σε άλλους
   */
  kind: 'soft' | 'hard';
}
/**
 * A draw that anybody can repeat. / Κλήρωση που επαληθεύεται.
 */
export interface SelectionDraw {
  /**
   * named future public sources / δημόσιες πηγές τυχαιότητας
   *
   * @minItems 1
   * @maxItems 5
   */
  entropy: Text[];
  commit: Text;
}
/**
 * Who follows when a place falls free. / Επιλαχόντες.
 */
export interface SelectionWaitingList {
  /**
   * as ranked once, or ranked again / σταθερή ή νέα κατάταξη
   */
  order: 'frozen' | 'rescored';
  /**
   * last day / τελευταία ημέρα
   */
  validUntil?: string;
  /**
   * days to accept an offered place / ημέρες αποδοχής
   */
  offerDays: number;
  /**
   * what a refused offer costs / τι κοστίζει η άρνηση
   */
  refusalCosts: 'nothing' | 'rank' | 'place';
}
/**
 * A municipal day off. / Τοπική αργία.
 */
export interface Holiday {
  title: Text;
  /**
   * month
   */
  month: number;
  /**
   * day
   */
  day: number;
}
/**
 * What a municipality may set. / Τι μπορεί να ορίσει ο δήμος.
 */
export interface Overlayable {
  target: OverlayTarget;
  /**
   * at least
   */
  min?: number;
  /**
   * at most
   */
  max?: number;
  reason?: Text;
}
