/** A piece of page: what stands in it, and what is put into its holes. Made by `html`, shown by a `Place`. */
export interface TemplateResult {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
}

/** In a hole: nothing is shown, or the attribute is taken away. */
export const nothing = null;

/**
 * Pieces of page as tagged texts, in the notation of Lit: `name=${text}` (with text around it, when quoted),
 * `.name=${property}`, `?name=${isThere}`, `@name=${listener}`, and between tags text, nodes, pieces or lists of these.
 * Values never become markup: the texts of the code alone do. A third of Lit's bytes, and what a hole shows is replaced
 * whole, so that a browser's translator, which puts its own nodes in the place of texts, cannot freeze them.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult {
  return { strings, values };
}

/** Puts values where they belong, and changes only what differs from the last. */
type Fill = (values: readonly unknown[]) => void;

interface Hole {
  /** Which element or comment of the piece, in the order of the document. */
  readonly position: number;
  /** Of an attribute, with its sign; "" between tags. */
  readonly name: string;
  /** What stands around the values of an attribute. */
  readonly around: readonly string[];
}

interface Plan {
  readonly content: DocumentFragment;
  readonly holes: readonly Hole[];
}

/** A page may demand that markup be vouched for (Trusted Types). Only the texts of this code become markup, never a value. */
interface MarkupPolicy {
  createHTML(markup: string): string;
}
const { trustedTypes } = globalThis as { readonly trustedTypes?: { createPolicy(name: string, rules: MarkupPolicy): MarkupPolicy } };
const plainly: MarkupPolicy = { createHTML: (markup) => markup };
const policy = trustedTypes?.createPolicy('diktyo', plainly) ?? plainly;

const MARK = '\ue000';
const ELEMENTS_AND_COMMENTS = 129;
const plans = new Map<TemplateStringsArray, Plan>();

function planOf(strings: TemplateStringsArray): Plan {
  let plan = plans.get(strings);
  if (plan !== undefined) return plan;
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(strings.reduce((before, after) => before + (/<[^>]*$/.test(before) ? MARK : '<!---->') + after));
  const holes: Hole[] = [];
  const walker = document.createTreeWalker(template.content, ELEMENTS_AND_COMMENTS);
  for (let position = 0; walker.nextNode() !== null; position += 1) {
    const node = walker.currentNode as Comment | Element;
    if (node instanceof Comment) holes.push({ position, name: '', around: ['', ''] });
    else {
      for (const { name, value } of [...node.attributes]) {
        if (!value.includes(MARK)) continue;
        holes.push({ position, name, around: value.split(MARK) });
        node.removeAttribute(name);
      }
    }
  }
  plans.set(strings, (plan = { content: template.content, holes }));
  return plan;
}

function fillAttribute(element: Element, { name, around }: Hole): Fill {
  const [sign] = name;
  const bare = name.slice(1);
  // Nothing that is given equals it: the first value is always put.
  let last: unknown = element;
  if (sign === '@') element.addEventListener(bare, (event) => (last as (event: Event) => void)(event));
  return (values) => {
    const [only] = values;
    const value = around.length > 2 || around.join('') !== '' ? around.reduce((text, after, hole) => `${text}${String(values[hole - 1])}${after}`) : only;
    if (value === last) return;
    last = value;
    if (sign === '.') Object.assign(element, { [bare]: value });
    else if (sign === '?') element.toggleAttribute(bare, value === true);
    else if (sign !== '@' && value === nothing) element.removeAttribute(name);
    else if (sign !== '@') element.setAttribute(name, String(value));
  };
}

/** One showing of a piece: its nodes, and what fills its holes. */
function show(strings: TemplateStringsArray): { readonly nodes: DocumentFragment; readonly fill: Fill } {
  const { content, holes } = planOf(strings);
  const nodes = document.importNode(content, true);
  const walker = document.createTreeWalker(nodes, ELEMENTS_AND_COMMENTS);
  let reached = -1;
  const found = holes.map(({ position }) => {
    for (; reached < position; reached += 1) walker.nextNode();
    return walker.currentNode;
  });
  const fills = holes.map((hole, order): Fill => {
    if (hole.name !== '') return fillAttribute(found[order] as Element, hole);
    const place = new Place(found[order] as Comment);
    return ([value]) => place.put(value);
  });
  return {
    nodes,
    fill: (values) => {
      let from = 0;
      fills.forEach((fill, order) => fill(values.slice(from, (from += (holes[order]?.around.length ?? 2) - 1))));
    },
  };
}

/** What stands between two marks of its own: a text, a node, a piece or a list. */
export class Place {
  readonly #start = document.createComment('');
  readonly #end: ChildNode;
  #shown: unknown = nothing;
  #fill: Fill | undefined;
  #items: Place[] = [];

  constructor(end: ChildNode) {
    this.#end = end;
    end.before(this.#start);
  }

  put(value: unknown): void {
    const before = this.#shown;
    this.#shown = value;
    if (Array.isArray(value)) {
      if (!Array.isArray(before)) this.#clear();
      for (const item of this.#items.splice(value.length)) item.#remove();
      value.forEach((one: unknown, position) => (this.#items[position] ??= this.#addPlace()).put(one));
    } else if (isPiece(value)) {
      if (!isPiece(before) || before.strings !== value.strings) {
        this.#clear();
        const { nodes, fill } = show(value.strings);
        (this.#fill = fill)(value.values);
        this.#end.before(nodes);
      } else this.#fill?.(value.values);
    } else if (value !== before) {
      this.#clear();
      if (value !== nothing) this.#end.before(value instanceof Node ? value : String(value));
    }
  }

  #addPlace(): Place {
    const end = document.createComment('');
    this.#end.before(end);
    return new Place(end);
  }

  #clear(): void {
    this.#items = [];
    while (this.#start.nextSibling !== this.#end) this.#start.nextSibling?.remove();
  }

  #remove(): void {
    this.#clear();
    this.#start.remove();
    this.#end.remove();
  }
}

function isPiece(value: unknown): value is TemplateResult {
  return typeof value === 'object' && value !== nothing && 'strings' in value;
}
