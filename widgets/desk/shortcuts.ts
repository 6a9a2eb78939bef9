export type Shortcut = 'search' | 'help' | 'down' | 'up' | 'claim' | 'act' | 'queue' | 'all' | 'incidents' | 'filing';

/** By place on the keyboard, so that a Greek and a Latin layout do the same. */
const SINGLE: Readonly<Record<string, Shortcut>> = { KeyJ: 'down', KeyK: 'up', KeyC: 'claim', KeyA: 'act' };
const AFTER_G: Readonly<Record<string, Shortcut>> = { KeyQ: 'queue', KeyA: 'all', KeyI: 'incidents', KeyN: 'filing', KeyS: 'search' };
const G_WAIT_MS = 1_500;

/** Reads key strokes as shortcuts; silent while somebody types, and when the reader has turned shortcuts off. */
export class ShortcutReader {
  #gAt = Number.NEGATIVE_INFINITY;

  read(event: KeyboardEvent): Shortcut | null {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event)) return null;
    if (event.key === '/') return 'search';
    if (event.key === '?' || event.key === ';' && event.code === 'Slash') return 'help';
    const afterG = event.timeStamp - this.#gAt < G_WAIT_MS;
    this.#gAt = event.code === 'KeyG' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    return (afterG ? AFTER_G[event.code] : SINGLE[event.code]) ?? null;
  }
}

function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some(
    (node) =>
      node instanceof HTMLElement &&
      (node instanceof HTMLTextAreaElement ||
        node instanceof HTMLSelectElement ||
        node instanceof HTMLDialogElement ||
        node.isContentEditable ||
        (node instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(node.type))),
  );
}
