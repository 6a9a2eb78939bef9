import { canonicalise } from '#definitions/language/canonical.js';
import type { Page, Programme, Question } from '#definitions/types/programme.js';
import type { CheckFinding } from './finding.js';
import { LISTS, compareProgrammes } from './changes.js';
import type { Change, ChangeClass, Stages } from './changes.js';

/** Where a case that has been filed may be. */
export type CaseStage = Exclude<keyof Stages, 'draft'>;

/** A change that a case does not take over: its class keeps the old one, or the old version would not be sound with it. */
export interface KeptChange {
  readonly class: ChangeClass;
  /** Noun and id, as in the list of changes. */
  readonly what: string;
  readonly because: 'pinned' | 'notSound';
  /** What would be wrong with it; only of `notSound`. */
  readonly finding?: Pick<CheckFinding, 'code' | 'pointer' | 'message'>;
}

/**
 * Under which programme a case goes on after a new version was published: its own, with only those changes that may reach
 * somebody who has filed. It is a whole programme, with a hash of its own; without anything adopted it is the old one itself.
 */
export interface Adoption {
  readonly programme: Programme;
  readonly adopted: readonly Change[];
  readonly kept: readonly KeptChange[];
}

export interface AdoptionOptions {
  readonly stage: CaseStage;
  /** The day of publication, yyyy-mm-dd. */
  readonly on?: string;
  /** Errors of a programme: what was sound and would no longer be, is not adopted. */
  check(programme: Programme): readonly CheckFinding[];
}

/** Pure; taking the same version over twice is taking it over once. */
export function adoptVersion(own: Programme, published: Programme, { stage, on, check }: AdoptionOptions): Adoption {
  const changes = compareProgrammes(own, published, on === undefined ? {} : { on });
  const wanted = changes.filter(({ behaviour }) => behaviour[stage] === 'adopt');
  const kept = changes.filter((change) => !wanted.includes(change)).map(({ class: kind, what }): KeptChange => ({ class: kind, what, because: 'pinned' }));
  if (wanted.length === 0) return { programme: own, adopted: [], kept };
  const known = new Set(check(own).map(writeFinding));
  const newErrors = (candidate: Programme): readonly CheckFinding[] => check(candidate).filter((finding) => finding.severity === 'error' && !known.has(writeFinding(finding)));
  const all = mergeChanges(own, published, wanted);
  if (newErrors(all).length === 0) return { programme: all, adopted: wanted, kept };
  // Something of it leans on what is not adopted. What stands by itself is taken over all the same.
  const adopted: Change[] = [];
  for (const change of wanted) {
    const [finding] = newErrors(mergeChanges(own, published, [...adopted, change]));
    if (finding === undefined) adopted.push(change);
    else kept.push({ class: change.class, what: change.what, because: 'notSound', finding: { code: finding.code, pointer: finding.pointer, message: finding.message } });
  }
  return { programme: adopted.length === 0 ? own : mergeChanges(own, published, adopted), adopted, kept };
}

function writeFinding({ code, pointer }: CheckFinding): string {
  return `${code} ${pointer}`;
}

interface Named {
  readonly id: string;
}

interface Merge {
  readonly published: Programme;
  readonly wanted: ReadonlySet<string>;
}

/** The programme with these changes of the other one, each by its name; everything else as it was, and where it was. */
export function mergeChanges(own: Programme, published: Programme, changes: readonly Change[]): Programme {
  const merge: Merge = { published, wanted: new Set(changes.map(({ what }) => what)) };
  const merged = { ...own, form: { ...own.form, pages: mergePages(own, merge) } } as Record<string, unknown>;
  for (const [noun, path] of Object.entries(LISTS)) {
    const before = readAt(own, path);
    if (Array.isArray(before)) writeAt(merged, path, mergeList(before as readonly Named[], { ...merge, noun, after: (readAt(published, path) ?? []) as readonly Named[] }));
  }
  for (const [name, value] of Object.entries(published)) if (merge.wanted.has(name) && !Object.hasOwn(LISTS, name)) merged[name] = value;
  for (const name of Object.keys(own)) if (merge.wanted.has(name) && !Object.hasOwn(LISTS, name) && !Object.hasOwn(published, name)) delete merged[name];
  return canonicalise(merged) === canonicalise(own) ? own : (merged as unknown as Programme);
}

function mergeList<Thing extends Named>(before: readonly Thing[], { noun, after, wanted }: { readonly noun: string; readonly after: readonly Thing[]; readonly wanted: ReadonlySet<string> }): readonly Thing[] {
  const now = new Map(after.map((thing) => [thing.id, thing]));
  const things = before.map((thing) => (wanted.has(`${noun} ${thing.id}`) ? (now.get(thing.id) ?? thing) : thing));
  return wanted.has(noun) ? reorder(things, after.map(({ id }) => id)) : things;
}

/** What both have stands in the other's order, on the places it has here; what only this one has stays where it is. */
function reorder<Thing extends Named>(things: readonly Thing[], order: readonly string[]): readonly Thing[] {
  const place = new Map(order.map((id, position) => [id, position]));
  const moving = things.filter(({ id }) => place.has(id)).sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
  return things.map((thing) => (place.has(thing.id) ? (moving.shift() ?? thing) : thing));
}

/** Questions keep their page: words of pages and informations, and the order of both, are all that may reach a filed case. */
function mergePages(own: Programme, { published, wanted }: Merge): readonly Page[] {
  const theirs = new Map<string, Question>();
  const order: string[] = [];
  const collect = (questions: readonly Question[], path: string): void => {
    for (const question of questions) {
      theirs.set(path + question.id, question);
      order.push(path + question.id);
      collect(question.items ?? [], `${path}${question.id}.`);
    }
  };
  for (const page of published.form.pages) collect(page.questions, '');
  const mergeQuestions = (questions: readonly Question[], path: string): Question[] => {
    const merged = questions.map((question): Question => {
      const { items: _items, ...other } = theirs.get(path + question.id) ?? question;
      const taken = wanted.has(`question ${path}${question.id}`) ? other : question;
      return question.items === undefined ? taken : { ...taken, items: mergeQuestions(question.items, `${path}${question.id}.`) };
    });
    return wanted.has('question') ? [...reorder(merged, order.filter((each) => each.startsWith(path)).map((each) => each.slice(path.length)))] : merged;
  };
  const pages = own.form.pages.map((page): Page => ({ ...page, questions: mergeQuestions(page.questions, '') }) as Page);
  const theirPages = published.form.pages.map((page) => ({ ...page, questions: [] as Question[] }) as unknown as Page);
  return mergeList(pages, { noun: 'page', after: theirPages, wanted }).map((page) => ({ ...page, questions: pages.find(({ id }) => id === page.id)?.questions ?? page.questions }));
}

function readAt(programme: Programme, path: readonly string[]): unknown {
  let found: unknown = programme;
  for (const name of path) found = (found as Readonly<Record<string, unknown>> | undefined)?.[name];
  return found;
}

function writeAt(target: Record<string, unknown>, [head = '', ...rest]: readonly string[], value: unknown): void {
  const [tail] = rest;
  target[head] = tail === undefined ? value : { ...(target[head] as object), [tail]: value };
}
