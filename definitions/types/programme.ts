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
/**
 * How the value is found in a case. Without it the programme can be tried, not published. / Πώς βρίσκεται η τιμή σε μια υπόθεση.
 */
export type FactLookup = ActiveInLookup | HistoryLookup | RoundsLookup | RecordedLookup | CallLookup;
/**
 * role in the municipality / ρόλος
 */
export type Role = 'desk' | 'inspector' | 'decider' | 'supervisor' | 'administrator';
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
 * Every noun of this sheet.
 */
export interface Nouns {
  Calendar?: Calendar;
  CalendarHours?: CalendarHours;
  CalendarClosure?: CalendarClosure;
  CalendarPlace?: CalendarPlace;
  CalendarResource?: CalendarResource;
  CalendarNeed?: CalendarNeed;
  CalendarAppointment?: CalendarAppointment;
  CalendarWalkIn?: CalendarWalkIn;
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
  FactLookup?: FactLookup;
  ActiveInLookup?: ActiveInLookup;
  HistoryLookup?: HistoryLookup;
  RoundsLookup?: RoundsLookup;
  RecordedLookup?: RecordedLookup;
  CallLookup?: CallLookup;
  FactAsk?: FactAsk;
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
  Indicators?: Indicators;
  IndicatorInstant?: IndicatorInstant;
  IndicatorBand?: IndicatorBand;
  IndicatorBreakdown?: IndicatorBreakdown;
  Indicator?: Indicator;
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
  SelectionUnit?: SelectionUnit;
  Stock?: Stock;
  Commodity?: Commodity;
  StockContent?: StockContent;
  Kit?: Kit;
  AllotmentBand?: AllotmentBand;
  AllotmentExtra?: AllotmentExtra;
  AllotmentBudget?: AllotmentBudget;
  ShortageOrder?: ShortageOrder;
  Shortage?: Shortage;
  Allotment?: Allotment;
  StockRound?: StockRound;
  Subject?: Subject;
  SubjectGroup?: SubjectGroup;
  Table?: Table;
  Text?: Text;
}
/**
 * Places, hours, professionals, appointments. Declared, checked and explained; no version of the engine keeps it yet. / Χώροι, ωράρια, επαγγελματίες, ραντεβού. Δηλώνεται, ελέγχεται και εξηγείται· καμία έκδοση δεν το τηρεί ακόμα.
 */
export interface Calendar {
  /**
   * who keeps it: the engine (when absent; this version cannot, so publishing is refused), or the staff by other means / ποιος το τηρεί: η μηχανή (αν λείπει· αυτή η έκδοση δεν μπορεί, άρα δεν δημοσιεύεται) ή το προσωπικό με άλλα μέσα
   */
  keptBy?: 'engine' | 'staff';
  /**
   * places / χώροι
   *
   * @minItems 1
   * @maxItems 100
   */
  places: CalendarPlace[];
  /**
   * professionals, rooms, equipment, vehicles / επαγγελματίες, αίθουσες, εξοπλισμός, οχήματα
   *
   * @maxItems 300
   */
  resources?: CalendarResource[];
  /**
   * kinds of appointment / είδη ραντεβού
   *
   * @maxItems 50
   */
  appointments?: CalendarAppointment[];
  /**
   * reception without an appointment / εξυπηρέτηση χωρίς ραντεβού
   *
   * @maxItems 50
   */
  walkIns?: CalendarWalkIn[];
}
/**
 * Where people are received. / Χώρος υποδοχής.
 */
export interface CalendarPlace {
  id: Identifier;
  title: Text;
  address?: Text;
  /**
   * opening hours / ωράριο λειτουργίας
   *
   * @minItems 1
   * @maxItems 30
   */
  hours: CalendarHours[];
  /**
   * on national and municipal holidays; absent: closed / στις εθνικές και τοπικές αργίες· αν λείπει, κλειστό
   */
  onHolidays?: 'closed' | 'open';
  /**
   * other closed days / άλλες ημέρες που είναι κλειστό
   *
   * @maxItems 60
   */
  closures?: CalendarClosure[];
  /**
   * people received at the same time; absent: as its resources allow / άτομα ταυτόχρονα· αν λείπει, όσα επιτρέπουν οι πόροι
   */
  capacityPeople?: number;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
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
   * Albanian / αλβανικά
   */
  sq?: string;
  /**
   * Arabic / αραβικά
   */
  ar?: string;
  /**
   * Farsi / φαρσί
   */
  fa?: string;
  /**
   * Urdu / ουρντού
   */
  ur?: string;
  /**
   * Ukrainian / ουκρανικά
   */
  uk?: string;
  /**
   * Georgian / γεωργιανά
   */
  ka?: string;
  /**
   * French / γαλλικά
   */
  fr?: string;
}
/**
 * The same hours on some weekdays. / Ωράριο κάποιων ημερών της εβδομάδας.
 */
export interface CalendarHours {
  /**
   * the weekdays / οι ημέρες της εβδομάδας
   *
   * @minItems 1
   * @maxItems 7
   *
   * Items: 1 Monday to 7 Sunday / 1 Δευτέρα έως 7 Κυριακή
   */
  weekdays: number[];
  /**
   * local time of opening / ώρα έναρξης
   */
  from: string;
  /**
   * local time of closing / ώρα λήξης
   */
  until: string;
}
/**
 * Days on which it is closed although its hours say open. / Ημέρες που δεν λειτουργεί.
 */
export interface CalendarClosure {
  title: Text;
  /**
   * first closed day / πρώτη ημέρα
   */
  from: string;
  /**
   * last closed day; absent: that one day / τελευταία ημέρα· αν λείπει, μόνο εκείνη
   */
  until?: string;
}
/**
 * Who or what an appointment needs: a professional, a room, equipment, a vehicle. / Πόρος που χρειάζεται ένα ραντεβού.
 */
export interface CalendarResource {
  id: Identifier;
  title: Text;
  /**
   * what it is / τι είναι
   */
  kind: 'professional' | 'room' | 'equipment' | 'vehicle';
  /**
   * where it is found / πού βρίσκεται
   *
   * @minItems 1
   * @maxItems 100
   */
  places: Identifier[];
  /**
   * its own hours; absent: those of the place / δικό του ωράριο· αν λείπει, του χώρου
   *
   * @minItems 1
   * @maxItems 30
   */
  hours?: CalendarHours[];
  /**
   * leave, repairs / άδειες, επισκευές
   *
   * @maxItems 60
   */
  closures?: CalendarClosure[];
  /**
   * people at the same time; absent: 1 / άτομα ταυτόχρονα· αν λείπει, 1
   */
  capacityPeople?: number;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * A kind of appointment. / Είδος ραντεβού.
 */
export interface CalendarAppointment {
  id: Identifier;
  title: Text;
  when?: Expression;
  /**
   * where it is held / πού γίνεται
   *
   * @minItems 1
   * @maxItems 100
   */
  places: Identifier[];
  /**
   * what must be free, all at once / τι πρέπει να είναι ελεύθερο, όλα μαζί
   *
   * @minItems 1
   * @maxItems 10
   */
  needs: CalendarNeed[];
  /**
   * length of a slot / διάρκεια θέσης
   */
  durationMinutes: number;
  /**
   * free time after each slot / κενό μετά από κάθε θέση
   */
  coolOffMinutes?: number;
  /**
   * people in one slot; absent: 1 / άτομα σε μία θέση· αν λείπει, 1
   */
  capacityPeople?: number;
  /**
   * earliest: so many days before / το νωρίτερο: τόσες ημέρες πριν
   */
  bookFromDays: number;
  /**
   * latest: so many hours before / το αργότερο: τόσες ώρες πριν
   */
  bookUntilHours: number;
  /**
   * may be cancelled up to so many hours before / ακυρώνεται έως τόσες ώρες πριν
   */
  cancelUntilHours: number;
  /**
   * at most so many in one case / το πολύ τόσα σε μία υπόθεση
   */
  perCaseMax?: number;
  /**
   * at least so many days between two of a case / τουλάχιστον τόσες ημέρες ανάμεσα σε δύο της υπόθεσης
   */
  intervalDaysMin?: number;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * An answer, by its path; own properties only. / Μια απάντηση, με τη διαδρομή της.
 */
export interface VarExpression {
  /**
   * the path of the answer / η διαδρομή της απάντησης
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
  /**
   * the date of judgement / η ημερομηνία κρίσης
   */
  asOf: true;
}
/**
 * A date literal. / Ημερομηνία.
 */
export interface DateExpression {
  /**
   * date year-month-day / ημερομηνία έτος-μήνας-ημέρα
   */
  date: string;
}
/**
 * A list of literals. / Κατάλογος σταθερών.
 */
export interface ListExpression {
  /**
   * the values of the list / οι τιμές του καταλόγου
   *
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
   * condition, then, otherwise / συνθήκη, τότε, αλλιώς
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
/**
 * what, by what, rounded how / τι, διά τι, με ποια στρογγύλευση
 */
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
/**
 * where, by which name, on which condition / πού, με ποιο όνομα, με ποια συνθήκη
 */
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
/**
 * where, by which name, which value / πού, με ποιο όνομα, ποια τιμή
 */
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
/**
 * where, by which name, on which condition / πού, με ποιο όνομα, με ποια συνθήκη
 */
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
/**
 * where, by which name, on which condition / πού, με ποιο όνομα, με ποια συνθήκη
 */
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
/**
 * where, by which name, on which condition / πού, με ποιο όνομα, με ποια συνθήκη
 */
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
   * birth date and date / ημερομηνία γέννησης και ημερομηνία
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
   * from and to / από και έως
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
   * from and to / από και έως
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
/**
 * which date, how much, in what / ποια ημερομηνία, πόσο, σε τι
 */
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
   * the path of the answer / η διαδρομή της απάντησης
   */
  known: string;
}
/**
 * A value from a lookup table. / Τιμή από πίνακα.
 */
export interface LookupExpression {
  lookup: LookupOf;
}
/**
 * which table and which key / ποιος πίνακας και με ποιο κλειδί
 */
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
/**
 * which table and which number / ποιος πίνακας και ποιος αριθμός
 */
export interface BandOf {
  table: Identifier;
  of: Expression;
}
/**
 * One of these resources, free at the same time as the others that are needed. / Ένας από αυτούς τους πόρους, ταυτόχρονα με τους υπόλοιπους.
 */
export interface CalendarNeed {
  when?: Expression;
  /**
   * any one of these / οποιοσδήποτε από αυτούς
   *
   * @minItems 1
   * @maxItems 100
   */
  anyOf: Identifier[];
}
/**
 * Reception without an appointment, by ticket. / Εξυπηρέτηση χωρίς ραντεβού, με σειρά.
 */
export interface CalendarWalkIn {
  id: Identifier;
  title: Text;
  place: Identifier;
  /**
   * absent: the hours of the place / αν λείπει, το ωράριο του χώρου
   *
   * @minItems 1
   * @maxItems 30
   */
  hours?: CalendarHours[];
  /**
   * tickets in a day; absent: no limit / αριθμοί ανά ημέρα· αν λείπει, χωρίς όριο
   */
  ticketsPerDayMax?: number;
  when?: Expression;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
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
   * category of personal data / κατηγορία προσωπικών δεδομένων
   */
  sensitivity?: 'identity' | 'special' | 'criminal';
  /**
   * the provision / η διάταξη
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
   * local time; otherwise the end of the day / τοπική ώρα· αλλιώς το τέλος της ημέρας
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
   * name of the register, as people call it / όνομα του μητρώου
   */
  source: string;
  lookup?: FactLookup;
}
/**
 * Does the person or household have help running in a programme? / Έχει βοήθεια που τρέχει σε πρόγραμμα;
 */
export interface ActiveInLookup {
  /**
   * the kind / το είδος
   */
  kind: 'activeIn';
  /**
   * programmes looked at, by id / προγράμματα όπου γίνεται η αναζήτηση
   *
   * @minItems 1
   * @maxItems 20
   */
  programmes: Identifier[];
  /**
   * true: in every municipality; only the answer crosses / σε όλους τους δήμους· περνά μόνο η απάντηση
   */
  anyMunicipality: boolean;
  /**
   * whose applications count / ποιων οι αιτήσεις μετρούν
   */
  of: 'applicant' | 'household';
  /**
   * an earlier application that is not decided yet counts too / μετρά και προηγούμενη αίτηση χωρίς απόφαση
   */
  pendingCounts?: boolean;
  /**
   * help that was granted and handed over counts for so many months after the decision / βοήθεια που δόθηκε μετρά τόσους μήνες μετά την απόφαση
   */
  grantedMonths?: number;
  otherwise?: FactAsk;
}
/**
 * Who looks it up, and by when. / Ποιος το αναζητεί και ως πότε.
 */
export interface FactAsk {
  role: Role;
  due: Due;
  escalateTo: Role;
  hint?: Text;
}
/**
 * Earlier applications and how they ended: whether there are any, or how many. / Προηγούμενες αιτήσεις και η έκβασή τους.
 */
export interface HistoryLookup {
  /**
   * the kind / το είδος
   */
  kind: 'history';
  /**
   * programmes looked at, by id / προγράμματα όπου γίνεται η αναζήτηση
   *
   * @minItems 1
   * @maxItems 20
   */
  programmes: Identifier[];
  /**
   * true: in every municipality; only the answer crosses / σε όλους τους δήμους· περνά μόνο η απάντηση
   */
  anyMunicipality: boolean;
  /**
   * whose applications count / ποιων οι αιτήσεις μετρούν
   */
  of: 'applicant' | 'household';
  /**
   * which earlier applications count / ποιες προηγούμενες αιτήσεις μετρούν
   */
  outcome: 'applied' | 'granted' | 'ended' | 'refused' | 'withdrawn' | 'expired';
  /**
   * only those of so many months before the filing / μόνο τόσους μήνες πριν από την υποβολή
   */
  months?: number;
  otherwise?: FactAsk;
}
/**
 * How earlier rounds of this batch programme ended; no version runs it yet. / Προηγούμενοι κύκλοι προγράμματος με κατάταξη.
 */
export interface RoundsLookup {
  /**
   * the kind / το είδος
   */
  kind: 'rounds';
  /**
   * what happened in those rounds / τι έγινε σε αυτούς τους κύκλους
   */
  outcome: 'applied' | 'selected' | 'appliedNotSelected';
  /**
   * last rounds, 0 is the present one / τελευταίοι κύκλοι, 0 ο τωρινός
   */
  rounds: number;
  /**
   * whose applications count / ποιων οι αιτήσεις μετρούν
   */
  of: 'applicant' | 'household';
}
/**
 * An official looks it up elsewhere and records the answer. / Υπάλληλος το αναζητεί αλλού και καταγράφει την απάντηση.
 */
export interface RecordedLookup {
  /**
   * the kind / το είδος
   */
  kind: 'recorded';
  ask: FactAsk;
}
/**
 * An output of a `call` step. / Αποτέλεσμα βήματος «call».
 */
export interface CallLookup {
  /**
   * the kind / το είδος
   */
  kind: 'call';
  step: Identifier;
  /**
   * name of the output / όνομα του αποτελέσματος
   */
  output: string;
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
   * the steps / τα βήματα
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
  /**
   * the kind / το είδος
   */
  kind: 'check';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  /**
   * stays here until an official has recorded the facts that the rules lack / μένει εδώ ώσπου να καταγραφούν τα γεγονότα που λείπουν
   */
  awaitFacts?: boolean;
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
/**
 * the next step / το επόμενο βήμα
 */
export interface CheckNext {
  eligible: Identifier;
  ineligible: Identifier;
  undecided: Identifier;
}
/**
 * Waits until the required papers are in; asks, reminds, gives up. / Δικαιολογητικά.
 */
export interface DocumentsStep {
  /**
   * the kind / το είδος
   */
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
/**
 * when waiting ends / πότε παύει η αναμονή
 */
export interface GiveUp {
  after: Due;
  next: Identifier;
}
/**
 * A task for a role, with outcomes. / Εργασία.
 */
export interface ReviewStep {
  /**
   * the kind / το είδος
   */
  kind: 'review';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due: Due;
  overdue: Overdue;
  appointment?: Identifier;
  handsOut?: Identifier;
  role: Role;
  /**
   * the official’s possible answers / οι δυνατές απαντήσεις του υπαλλήλου
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
  /**
   * the kind / το είδος
   */
  kind: 'assess';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due: Due;
  overdue: Overdue;
  appointment?: Identifier;
  handsOut?: Identifier;
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
  /**
   * the kind / το είδος
   */
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
   * the provision / η διάταξη
   */
  legalBasis: string;
  next: DecideNext;
}
/**
 * how the citizen appeals / πώς προσφεύγει ο πολίτης
 */
export interface Appeal {
  text: Text;
  /**
   * days to appeal / ημέρες
   */
  days: number;
  /**
   * calendar or working days / ημερολογιακές ή εργάσιμες ημέρες
   */
  kind: 'calendar' | 'working';
  authority: Text;
}
/**
 * the next step / το επόμενο βήμα
 */
export interface DecideNext {
  approved: Identifier;
  refused: Identifier;
}
/**
 * Payment or hand-over in parts, each recorded. / Καταβολή σε δόσεις.
 */
export interface PayStep {
  /**
   * the kind / το είδος
   */
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
   * share of this part, rounded down to the cent; the last part takes the rest; without shares all parts are equal / μερίδιο ‰ της δόσης, προς τα κάτω στο λεπτό· η τελευταία παίρνει το υπόλοιπο· χωρίς μερίδια όλες είναι ίσες
   */
  sharePerMille?: number;
  due: Due;
}
/**
 * Sends a message to the citizen. / Ειδοποίηση.
 */
export interface NotifyStep {
  /**
   * the kind / το είδος
   */
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
  /**
   * the kind / το είδος
   */
  kind: 'wait';
  id: Identifier;
  title: Text;
  stage: Identifier;
  citizenText: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  appointment?: Identifier;
  handsOut?: Identifier;
  until: Due;
  next: Identifier;
}
/**
 * Chooses the way. / Διακλάδωση.
 */
export interface BranchStep {
  /**
   * the kind / το είδος
   */
  kind: 'branch';
  id: Identifier;
  title: Text;
  stage?: Identifier;
  citizenText?: Text;
  when?: Expression;
  due?: Due;
  overdue?: Overdue;
  /**
   * the ways, in their order / οι δρόμοι, με τη σειρά
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
  /**
   * the kind / το είδος
   */
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
  /**
   * the kind / το είδος
   */
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
   * the pages of the form / οι σελίδες της αίτησης
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
   * the questions of the page / οι ερωτήσεις της σελίδας
   *
   * @minItems 1
   * @maxItems 50
   */
  questions: Question[];
}
/**
 * What is counted. Declared, checked and explained; no version of the engine counts it yet. / Τι μετριέται. Δηλώνεται, ελέγχεται και εξηγείται· καμία έκδοση δεν το μετρά ακόμα.
 */
export interface Indicators {
  /**
   * who keeps it: the engine (when absent; this version cannot, so publishing is refused), or the staff by other means / ποιος το τηρεί: η μηχανή (αν λείπει· αυτή η έκδοση δεν μπορεί, άρα δεν δημοσιεύεται) ή το προσωπικό με άλλα μέσα
   */
  keptBy?: 'engine' | 'staff';
  /**
   * the figures / τα μεγέθη
   *
   * @minItems 1
   * @maxItems 200
   */
  figures: Indicator[];
}
/**
 * A figure that is counted from what happens, never typed in. / Μέγεθος που μετριέται από όσα γίνονται· δεν το γράφει κανείς.
 */
export interface Indicator {
  id: Identifier;
  title: Text;
  /**
   * code of a reporting scheme, such as ESF+ EECO02 / κωδικός αναφοράς, όπως EECO02 του ΕΚΤ+
   */
  code?: string;
  /**
   * applications as filed; cases; people (the applicant, or the elements of a group); the days between two instants; money / αιτήσεις· υποθέσεις· άτομα (ο αιτών ή τα στοιχεία μιας ομάδας)· ημέρες ανάμεσα σε δύο στιγμές· χρήματα
   */
  counts: 'applications' | 'cases' | 'people' | 'days' | 'money';
  group?: Identifier;
  /**
   * only cases that ended so / μόνο υποθέσεις που τελείωσαν έτσι
   *
   * @minItems 1
   * @maxItems 5
   *
   * Items: an outcome / έκβαση
   */
  outcomes?: ('granted' | 'refused' | 'withdrawn' | 'expired' | 'completed')[];
  where?: Expression;
  from?: IndicatorInstant;
  until?: IndicatorInstant;
  amount?: Identifier;
  /**
   * what is told of days and money / τι λέγεται για ημέρες και χρήματα
   */
  statistic?: 'total' | 'average' | 'median' | 'ninetiethPercentile';
  /**
   * broken down by / αναλύσεις
   *
   * @maxItems 20
   */
  breakdowns?: IndicatorBreakdown[];
  /**
   * the answers as at entry, for ever (frozen), at the decision, or as they stand / οι απαντήσεις όπως ήταν στην είσοδο (παγωμένες), στην απόφαση, ή όπως είναι τώρα
   */
  asAt: 'entry' | 'decision' | 'now';
  /**
   * over which time / για ποιο διάστημα
   */
  period: 'month' | 'quarter' | 'year' | 'programme';
  /**
   * smaller figures are not shown / μικρότεροι αριθμοί δεν εμφανίζονται
   */
  suppressBelow?: number;
  /**
   * anybody may see it; absent: the municipality only / το βλέπουν όλοι· αν λείπει, μόνο ο δήμος
   */
  isPublished?: boolean;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * An instant in the life of a case. / Μια στιγμή της υπόθεσης.
 */
export interface IndicatorInstant {
  /**
   * what happened / τι έγινε
   */
  event: 'filed' | 'decided' | 'stepReached' | 'stepDone' | 'ended';
  step?: Identifier;
}
/**
 * By what the count is broken down. / Ανάλυση.
 */
export interface IndicatorBreakdown {
  id: Identifier;
  title: Text;
  value: Expression;
  /**
   * groups of a figure, ascending; whole numbers, money in cents / ομάδες ενός μεγέθους, με αύξουσα σειρά· ακέραιοι, χρήματα σε λεπτά
   *
   * @minItems 1
   * @maxItems 50
   */
  bands?: IndicatorBand[];
  /**
   * it tells of health, origin or another special category, though its answer is ordinary / φανερώνει ειδική κατηγορία δεδομένων, αν και η απάντηση είναι συνήθης
   */
  isSpecial?: boolean;
}
/**
 * A group of figures. / Ομάδα τιμών.
 */
export interface IndicatorBand {
  title: Text;
  /**
   * inclusive; absent in the last: no limit / έως και· στην τελευταία λείπει
   */
  upTo?: number;
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
  /**
   * the version of the language, always “1” / η έκδοση της γλώσσας, πάντα «1»
   */
  schemaVersion: '1';
  base: Identifier;
  /**
   * ministry code / κωδικός
   */
  municipality: string;
  /**
   * the settings / οι ρυθμίσεις
   *
   * @maxItems 500
   */
  set: OverlaySetting[];
  /**
   * where it is known from / από πού το ξέρουμε
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
  noun:
    | 'programme'
    | 'parameter'
    | 'table'
    | 'message'
    | 'step'
    | 'question'
    | 'document'
    | 'contact'
    | 'calendar'
    | 'place'
    | 'resource'
    | 'appointment'
    | 'walkIn'
    | 'commodity'
    | 'kit'
    | 'allotment'
    | 'round'
    | 'figure';
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
  /**
   * this value alone is a demo value, not law / μόνο αυτή η τιμή είναι επίδειξης, όχι νόμος
   */
  invented?: boolean;
  /**
   * the provision of this value, where it differs / η διάταξη αυτής της τιμής, όπου διαφέρει
   */
  legalBasis?: string;
}
/**
 * Lines of points, added in this order. / Μοριοδότηση.
 */
export interface Points {
  /**
   * the lines of points / οι γραμμές της μοριοδότησης
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
   * the provision / η διάταξη
   */
  legalBasis?: string;
}
/**
 * A case of a programme: answers in, decision out. / Παράδειγμα.
 */
export interface ProgrammeCase {
  title: Text;
  /**
   * the date of judgement / η ημερομηνία κρίσης
   */
  asOf: string;
  /**
   * the answers / οι απαντήσεις
   */
  answers: {
    [k: string]: unknown;
  };
  /**
   * what registers and the history tell / όσα λένε τα μητρώα και το ιστορικό
   */
  facts?: {
    [k: string]: unknown;
  };
  /**
   * the findings, by step / τα ευρήματα, ανά βήμα
   */
  findings?: {
    [k: string]: unknown;
  };
  /**
   * paper → where it stands / δικαιολογητικό → κατάσταση
   */
  documents?: {
    [k: string]: 'missing' | 'provided' | 'accepted' | 'refused';
  };
  /**
   * the code of the municipality that sets it / ο κωδικός του δήμου που το ορίζει
   */
  overlay?: string;
  expect: ProgrammeExpectation;
}
/**
 * what you expect / τι περιμένετε
 */
export interface ProgrammeExpectation {
  /**
   * the outcome / η έκβαση
   */
  outcome: 'eligible' | 'ineligible' | 'undecided';
  /**
   * rule and value / όνομα κανόνα και τιμή
   */
  rules?: {
    [k: string]: 'true' | 'false' | 'unknown' | 'notApplicable';
  };
  /**
   * computed value and its value / όνομα υπολογιζόμενης τιμής και τιμή
   */
  computed?: {
    [k: string]: unknown;
  };
  /**
   * the total of points / το σύνολο των μορίων
   */
  points?: number;
  /**
   * the papers that are asked for / τα χαρτιά που ζητούνται
   */
  documents?: Identifier[];
}
/**
 * A whole programme as one document. / Ολόκληρο πρόγραμμα.
 */
export interface Programme {
  /**
   * the version of the language, always “1” / η έκδοση της γλώσσας, πάντα «1»
   */
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
  subject?: Subject;
  /**
   * who applies: only the person in question, or an authorised relative too (so it is unless said) / ποιος κάνει την αίτηση: μόνο ο ενδιαφερόμενος, ή και συγγενής με εξουσιοδότηση (αυτό ισχύει αν δεν οριστεί)
   */
  applicants?: 'self' | 'selfOrRelative';
  /**
   * EUR unless said / νόμισμα
   */
  currency?: string;
  form: Form;
  /**
   * the papers / τα δικαιολογητικά
   *
   * @maxItems 100
   */
  documents: DocumentKind[];
  /**
   * the figures of the law / τα μεγέθη του νόμου
   *
   * @maxItems 300
   */
  parameters: Parameter[];
  /**
   * the tables / οι πίνακες
   *
   * @maxItems 100
   */
  tables: Table[];
  /**
   * what registers and the history tell / όσα λένε τα μητρώα και το ιστορικό
   *
   * @maxItems 100
   */
  facts: Fact[];
  /**
   * the computed values / οι υπολογιζόμενες τιμές
   *
   * @maxItems 200
   */
  computed: Computed[];
  /**
   * the rules / οι κανόνες
   *
   * @maxItems 1000
   */
  rules: Rule[];
  points?: Points;
  selection?: Selection;
  flow: Flow;
  /**
   * the messages / τα μηνύματα
   *
   * @maxItems 100
   */
  messages: Message[];
  calendar?: Calendar;
  stock?: Stock;
  indicators?: Indicators;
  /**
   * municipal holidays / τοπικές αργίες
   *
   * @maxItems 30
   */
  holidays: Holiday[];
  /**
   * what a municipality may set / τι μπορεί να ορίσει κάθε δήμος
   *
   * @maxItems 300
   */
  overlayable: Overlayable[];
}
/**
 * when applications are accepted / πότε δέχεται αιτήσεις
 */
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
   * telephone / τηλέφωνο
   */
  phone: string;
  /**
   * the service’s e-mail / e-mail της υπηρεσίας
   */
  email?: string;
  place?: Text;
  hours?: Text;
}
/**
 * For whom or what an application is made. / Για ποιον ή για τι γίνεται η αίτηση.
 */
export interface Subject {
  /**
   * a person, a household, or an organisation such as a school / άτομο, νοικοκυριό ή φορέας, όπως σχολείο
   */
  kind: 'person' | 'household' | 'organisation';
  title: Text;
  /**
   * the questions that tell one from another / οι ερωτήσεις που ξεχωρίζουν το ένα από το άλλο
   *
   * @minItems 1
   * @maxItems 10
   */
  identifiedBy: Identifier[];
  members?: Identifier;
  /**
   * schools, classes, neighbourhoods: by what it is counted or chosen / σχολεία, τμήματα, γειτονιές: με τι μετριέται ή επιλέγεται
   *
   * @maxItems 10
   */
  groups?: SubjectGroup[];
}
/**
 * A group to which each one belongs, as a school or a class. / Ομάδα όπου ανήκει ο καθένας, όπως σχολείο ή τμήμα.
 */
export interface SubjectGroup {
  id: Identifier;
  title: Text;
  question: Identifier;
  within?: Identifier;
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
/**
 * the reasons that the citizen reads / οι λόγοι που διαβάζει ο πολίτης
 */
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
  unit?: SelectionUnit;
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
 * A group of applications that is chosen or left out as a whole, as a school. / Ομάδα αιτήσεων που επιλέγεται ολόκληρη, όπως σχολείο.
 */
export interface SelectionUnit {
  group: Identifier;
  /**
   * whether a place is one group or one application / αν κάθε θέση είναι μία ομάδα ή μία αίτηση
   */
  capacityCounts: 'groups' | 'applications';
  /**
   * groups with fewer are left out / ομάδες με λιγότερες αιτήσεις δεν επιλέγονται
   */
  applicationsMin?: number;
  /**
   * how the values of its applications become the group's / πώς από τις τιμές των αιτήσεων βγαίνει της ομάδας
   */
  combine: 'sum' | 'average' | 'highest' | 'lowest' | 'count';
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
 * Goods, points and money value, what each household takes, and what happens when it does not suffice. Declared, checked and explained; no version of the engine keeps it yet. / Είδη, μονάδες και αξία, τι παίρνει κάθε νοικοκυριό και τι γίνεται όταν δεν φτάνουν. Δηλώνεται, ελέγχεται και εξηγείται· καμία έκδοση δεν το τηρεί ακόμα.
 */
export interface Stock {
  /**
   * who keeps it: the engine (when absent; this version cannot, so publishing is refused), or the staff by other means / ποιος το τηρεί: η μηχανή (αν λείπει· αυτή η έκδοση δεν μπορεί, άρα δεν δημοσιεύεται) ή το προσωπικό με άλλα μέσα
   */
  keptBy?: 'engine' | 'staff';
  /**
   * goods, points, money value / είδη, μονάδες, αξία
   *
   * @minItems 1
   * @maxItems 500
   */
  commodities: Commodity[];
  /**
   * kits / δέματα
   *
   * @maxItems 100
   */
  kits?: Kit[];
  /**
   * what each household takes / τι παίρνει κάθε νοικοκυριό
   *
   * @maxItems 50
   */
  allotments?: Allotment[];
  /**
   * distributions limited by stock / διανομές που περιορίζει το απόθεμα
   *
   * @maxItems 200
   */
  rounds?: StockRound[];
}
/**
 * What is handed out: goods, points to spend, or money value. / Τι δίνεται: είδη, μονάδες ή χρηματική αξία.
 */
export interface Commodity {
  id: Identifier;
  title: Text;
  /**
   * goods on a shelf; points to spend on goods; money value, in cents / είδη στο ράφι· μονάδες για αγορά ειδών· χρηματική αξία σε λεπτά
   */
  kind: 'goods' | 'points' | 'money';
  /**
   * in what it is counted; points in point, money in cent / σε τι μετριέται· οι μονάδες σε point, τα χρήματα σε cent
   */
  unit: 'piece' | 'pack' | 'bottle' | 'gram' | 'kilogram' | 'millilitre' | 'litre' | 'point' | 'cent';
  /**
   * how much a piece, pack or bottle holds / πόσο χωρά ένα τεμάχιο, συσκευασία ή φιάλη
   */
  contentAmount?: number;
  /**
   * unit of what it holds / μονάδα του περιεχομένου
   */
  contentUnit?: 'gram' | 'kilogram' | 'millilitre' | 'litre' | 'piece';
  /**
   * each delivery keeps its lot, so that it can be called back / κάθε παρτίδα καταγράφεται, ώστε να μπορεί να ανακληθεί
   */
  hasLots?: boolean;
  /**
   * each lot has an expiry date / κάθε παρτίδα έχει ημερομηνία λήξης
   */
  hasExpiry?: boolean;
  /**
   * taken in only if it expires after at least so many days / παραλαμβάνεται μόνο αν λήγει μετά από τόσες ημέρες
   */
  receiptExpiryDaysMin?: number;
  /**
   * what leaves the shelf first / τι φεύγει πρώτο από το ράφι
   */
  issueOrder?: 'earliestExpiry' | 'earliestReceipt';
  /**
   * points that one unit costs / μονάδες που κοστίζει ένα
   */
  pricePoints?: number;
  /**
   * money value that one unit costs / αξία που κοστίζει ένα, σε λεπτά
   */
  priceCents?: number;
  issuedWhen?: Expression;
  /**
   * special: who takes it, tells about health / special: όποιος το παίρνει, φανερώνει κάτι για την υγεία
   */
  sensitivity?: 'ordinary' | 'special';
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * Things that are packed together. / Δέμα.
 */
export interface Kit {
  id: Identifier;
  title: Text;
  /**
   * what is in it / τι έχει μέσα
   *
   * @minItems 1
   * @maxItems 100
   */
  contents: StockContent[];
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * So much of one thing. / Τόσο από ένα πράγμα.
 */
export interface StockContent {
  item: Identifier;
  amount: Expression;
}
/**
 * What a household takes, and how often. / Τι παίρνει ένα νοικοκυριό και πόσο συχνά.
 */
export interface Allotment {
  id: Identifier;
  title: Text;
  when?: Expression;
  /**
   * how often / πόσο συχνά
   */
  every: 'once' | 'week' | 'fortnight' | 'month' | 'quarter' | 'round';
  /**
   * at most so many times / το πολύ τόσες φορές
   */
  periodsMax?: number;
  by?: Expression;
  /**
   * the matrix, ascending / ο πίνακας, με αύξουσα σειρά
   *
   * @minItems 1
   * @maxItems 100
   */
  bands?: AllotmentBand[];
  /**
   * added by composition / προσθήκες κατά σύνθεση
   *
   * @maxItems 50
   */
  extras?: AllotmentExtra[];
  budget?: AllotmentBudget;
  shortage: Shortage;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * A line of the matrix: households from `from` (or above the previous line) up to and including `upTo`. / Γραμμή του πίνακα: νοικοκυριά από «from» (ή πάνω από την προηγούμενη γραμμή) έως και «upTo».
 */
export interface AllotmentBand {
  /**
   * inclusive; absent: above the previous line / από· αν λείπει, πάνω από την προηγούμενη γραμμή
   */
  from?: number;
  /**
   * inclusive; absent in the last line: no limit / έως και· στην τελευταία γραμμή λείπει
   */
  upTo?: number;
  /**
   * what such a household takes / τι παίρνει ένα τέτοιο νοικοκυριό
   *
   * @maxItems 100
   */
  contents: StockContent[];
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * Added for households of some composition. / Προσθήκη για κάποια σύνθεση νοικοκυριού.
 */
export interface AllotmentExtra {
  id: Identifier;
  title: Text;
  when: Expression;
  /**
   * what is added / τι προστίθεται
   *
   * @minItems 1
   * @maxItems 100
   */
  contents: StockContent[];
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * So many points, or so much money value, to spend on goods that have a price. / Τόσες μονάδες ή τόση αξία, για είδη που έχουν τιμή.
 */
export interface AllotmentBudget {
  commodity: Identifier;
  amount: Expression;
  /**
   * what becomes of the rest / τι γίνεται με ό,τι περισσεύει
   */
  unspent: 'lapses' | 'carriesOver';
}
/**
 * What happens when the stock does not suffice. / Τι γίνεται όταν το απόθεμα δεν φτάνει.
 */
export interface Shortage {
  /**
   * by declared priority; everybody less, in proportion; in the order of arrival / με δηλωμένη προτεραιότητα· όλοι λιγότερο, αναλογικά· με τη σειρά προσέλευσης
   */
  rule: 'priority' | 'proRata' | 'firstCome';
  /**
   * what is compared, in this order / τα κριτήρια, με τη σειρά
   *
   * @minItems 1
   * @maxItems 20
   */
  priority?: ShortageOrder[];
  /**
   * who goes without now: is first next time, or waits like all / όποιος μείνει χωρίς: προηγείται την επόμενη φορά, ή περιμένει όπως όλοι
   */
  missed: 'firstNextTime' | 'asOthers';
  reason: Text;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * One comparison, when not all can be served. / Ένα κριτήριο, όταν δεν φτάνει για όλους.
 */
export interface ShortageOrder {
  id: Identifier;
  title: Text;
  value: Expression;
  /**
   * who comes first / ποιος προηγείται
   */
  order: 'highest' | 'lowest';
}
/**
 * A distribution for which the stock suffices only for some. / Διανομή που φτάνει μόνο για κάποιους.
 */
export interface StockRound {
  id: Identifier;
  title: Text;
  allotment: Identifier;
  /**
   * first day / πρώτη ημέρα
   */
  from: string;
  /**
   * last day / τελευταία ημέρα
   */
  until: string;
  /**
   * only households from this figure on / μόνο νοικοκυριά από αυτό το μέγεθος
   */
  byFrom?: number;
  /**
   * only households up to this figure / μόνο νοικοκυριά έως αυτό το μέγεθος
   */
  byUpTo?: number;
  when?: Expression;
  reason: Text;
  /**
   * the provision or notice it comes from / η διάταξη ή η ανακοίνωση
   */
  legalBasis?: string;
  /**
   * a demo value, not law; shown as such / τιμή επίδειξης, όχι νόμος
   */
  invented?: boolean;
}
/**
 * A municipal day off. / Τοπική αργία.
 */
export interface Holiday {
  title: Text;
  /**
   * month / μήνας
   */
  month: number;
  /**
   * day / ημέρα
   */
  day: number;
}
/**
 * What a municipality may set. / Τι μπορεί να ορίσει ο δήμος.
 */
export interface Overlayable {
  target: OverlayTarget;
  /**
   * at least / το λιγότερο
   */
  min?: number;
  /**
   * at most / το πολύ
   */
  max?: number;
  reason?: Text;
}
