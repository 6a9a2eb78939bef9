/** A piece of page: what stands in it, and what is put into its holes. Made by `html`, shown by a place. */
export interface TemplateResult {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
  readonly key?: string;
}

/** In a hole: nothing is shown, or the attribute is taken away. So do `undefined`, `false` and "" between tags. */
export const nothing = null;

/**
 * Pieces of page as tagged texts, in the notation of Lit: `name=${text}` (one value, with text around it when
 * quoted; with `false` the attribute is taken away), `.name=${property}`, `@name=${listener}`, and between tags text, pieces or lists of these.
 * Values never become markup: the texts of the code alone do. A quarter of Lit's bytes, and what a hole shows is replaced
 * whole, so that a browser's translator, which puts its own nodes in the place of texts, cannot freeze them.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult {
  return { strings, values };
}

/** Made anew, and not over what stands there, when the key is another: what was typed and chosen stays with its own. */
export function keyed(key: string, piece: TemplateResult): TemplateResult {
  return { ...piece, key };
}

/** A text of several lines, each in its own block. */
export function toldLines(text: string): TemplateResult[] {
  return text.split('\n').map((line) => html`<span class="line">${line}</span>`);
}

/** Shows a value where the last one was, and changes only what differs. */
export type Put = (value: unknown) => void;

interface Hole {
  /** Which element or comment of the piece, in the order of the document. */
  readonly position: number;
  /** Of an attribute, with its sign; "" between tags. */
  readonly name: string;
  /** What stands before and after the value of an attribute. */
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

function nodesIn(content: Node): readonly Node[] {
  const walker = document.createTreeWalker(content, ELEMENTS_AND_COMMENTS);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function planOf(strings: TemplateStringsArray): Plan {
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(strings.reduce((before, after) => before + (/<[^>]*$/.test(before) ? MARK : '<!---->') + after));
  const { content } = template;
  const holes: Hole[] = [];
  nodesIn(content).forEach((node, position) => {
    if (node instanceof Comment) holes.push({ position, name: '', around: [] });
    else {
      for (const { name, value } of [...(node as Element).attributes]) {
        if (!value.includes(MARK)) continue;
        holes.push({ position, name, around: value.split(MARK) });
        (node as Element).removeAttribute(name);
      }
    }
  });
  return { content, holes };
}

function attributeOf(element: Element, { name, around }: Hole): Put {
  const [sign] = name;
  const bare = name.slice(1);
  // Nothing that is given equals it: the first value is always put.
  let last: unknown = element;
  if (sign === '@') element.addEventListener(bare, (event) => (last as (event: Event) => void)(event));
  return (given) => {
    const value = around.join('') === '' ? given : around.join(String(given));
    if (value === last) return;
    last = value;
    if (sign === '@') return;
    if (sign === '.') Object.assign(element, { [bare]: value });
    else if ((value ?? false) === false) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  };
}

/** One showing of a piece before a node. */
function show(strings: TemplateStringsArray, end: ChildNode): (values: readonly unknown[]) => void {
  let plan = plans.get(strings);
  if (plan === undefined) plans.set(strings, (plan = planOf(strings)));
  const content = document.importNode(plan.content, true);
  const nodes = nodesIn(content);
  const puts = plan.holes.map((hole) => {
    const node = nodes[hole.position];
    return hole.name === '' ? placeBefore(node as Comment) : attributeOf(node as Element, hole);
  });
  return (values) => {
    puts.forEach((put, order) => put(values[order]));
    // The first time it comes with its values; later there is nothing left in it.
    end.before(content);
  };
}

/** A place between a mark of its own and a node: for a text, a piece or a list. */
export function placeBefore(end: ChildNode): Put {
  const start = document.createComment('');
  end.before(start);
  let shown: unknown = nothing;
  let fill: ReturnType<typeof show> | undefined;
  let items: Put[] = [];
  const addPlace = (): Put => {
    const mark = document.createComment('');
    end.before(mark);
    return placeBefore(mark);
  };
  const clear = (): void => {
    items = [];
    while (start.nextSibling !== end) start.nextSibling?.remove();
  };
  return (value) => {
    const before = shown;
    shown = value;
    if (Array.isArray(value)) {
      if (!Array.isArray(before)) clear();
      for (const put of items.slice(value.length)) put(nothing);
      value.forEach((one: unknown, position) => (items[position] ??= addPlace())(one));
    } else if (isPiece(value)) {
      if (!isPiece(before) || before.strings !== value.strings || before.key !== value.key) {
        clear();
        fill = show(value.strings, end);
      }
      fill?.(value.values);
    } else if (value !== before) {
      clear();
      if (value !== false) end.before(String(value ?? ''));
    }
  };
}

function isPiece(value: unknown): value is TemplateResult {
  return (value as TemplateResult | undefined)?.strings !== undefined;
}
