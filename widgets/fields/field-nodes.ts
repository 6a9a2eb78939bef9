import type { Question } from '#definitions/types/programme.js';
import { escapePointer } from '#forms/findings/finding.js';
import type { FieldElement, Surroundings } from './field-element.js';
import { tagOf } from './field-tags.js';

/** Messages by JSON pointer. */
export type Messages = Readonly<Record<string, string>>;

export interface Placed {
  readonly question: Question;
  /** What comes before `pointer` in the whole of the answers. */
  readonly base?: string;
  readonly value: unknown;
  /** Messages by pointer inside the same object that `pointer` points into. */
  readonly errors: Messages;
  readonly surroundings: Surroundings;
  change(value: unknown): void;
}

/** The field elements of one page or member, kept between renderings so that the focus and what is typed stay. */
export class FieldNodes {
  readonly #nodes = new Map<string, { readonly element: FieldElement; placed: Placed }>();

  place(pointer: string, placed: Placed): FieldElement {
    const known = this.#nodes.get(pointer);
    const node = known ?? { element: document.createElement(tagOf(placed.question.type)) as FieldElement, placed };
    node.placed = placed;
    if (known === undefined) {
      this.#nodes.set(pointer, node);
      node.element.addEventListener('dk-change', (event) => node.placed.change((event as CustomEvent<unknown>).detail));
    }
    const { question, value, surroundings, base = '' } = placed;
    Object.assign(node.element, { question, value, surroundings, pointer: base + pointer, errors: messagesUnder(placed.errors, pointer) });
    return node.element;
  }

  /** The control at a pointer, or the first one of its question. */
  async focus(pointer: string): Promise<void> {
    for (const [at, { element }] of this.#nodes) {
      if (element.isConnected && isUnder(pointer, at)) await element.focusAt(pointer.slice(at.length));
    }
  }

  clear(): void {
    this.#nodes.clear();
  }
}

export function pointerTo(base: string, segment: string | number): string {
  return `${base}/${escapePointer(String(segment))}`;
}

/** The messages at and below a pointer, by the rest of their pointer. */
export function messagesUnder(messages: Messages, pointer: string): Messages {
  const inside = Object.entries(messages).filter(([at]) => isUnder(at, pointer));
  return Object.fromEntries(inside.map(([at, message]) => [at.slice(pointer.length), message]));
}

function isUnder(pointer: string, base: string): boolean {
  return pointer === base || pointer.startsWith(`${base}/`);
}
