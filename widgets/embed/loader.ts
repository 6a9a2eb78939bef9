/**
 * The one script of a municipality's page: `<script defer src="https://ENGINE/embed/v1.js"></script>`. A classic script,
 * so that it knows its own address; loads a widget's code when one stands on the page, and not before. Two spellings:
 * `<diktyo-apply programme="…">`, and `<div data-diktyo="apply" data-programme="…">` for editors that strip unknown tags.
 * What stands inside the element is shown until the widget runs, and stays when it cannot.
 */

/** By widget, written in by the build: its entry, and the pieces that the entry will ask for, which come in the same round trip. */
declare const DIKTYO_ENTRIES: Readonly<Record<string, readonly string[]>>;

interface Diktyo {
  readonly engine: string;
}

declare global {
  interface Window {
    /** The only name this script adds to the page; its presence stops a second load. */
    diktyo?: Diktyo;
  }
}

function startDiktyo(engine: string): void {
  const started = new Set<string>();

  const load = (name: string): void => {
    const chunks = DIKTYO_ENTRIES[name];
    if (chunks === undefined || started.has(name)) return;
    started.add(name);
    Promise.all(chunks.map((chunk) => import(`${engine}/assets/${chunk}`))).catch(() => {
      // The fallback stays on the page; the next marker, or the network's return, tries again.
      started.delete(name);
      addEventListener('online', () => load(name), { once: true });
    });
  };

  const upgrade = (marker: HTMLElement, name: string): void => {
    if (DIKTYO_ENTRIES[name] === undefined || marker.dataset['diktyoDone'] !== undefined) return;
    marker.dataset['diktyoDone'] = '';
    const widget = document.createElement(`diktyo-${name}`);
    for (const { name: attribute, value } of marker.attributes) {
      if (attribute.startsWith('data-') && !attribute.startsWith('data-diktyo')) widget.setAttribute(attribute.slice(5), value);
    }
    widget.append(...marker.childNodes);
    marker.append(widget);
  };

  const scan = (): void => {
    for (const name of Object.keys(DIKTYO_ENTRIES)) {
      for (const marker of document.querySelectorAll<HTMLElement>(`[data-diktyo="${name}"]`)) upgrade(marker, name);
      if (document.querySelector(`diktyo-${name}`) !== null) load(name);
    }
  };

  scan();
  // Page builders and tabs put markers in later.
  let isWaiting = false;
  new MutationObserver(() => {
    if (isWaiting) return;
    isWaiting = true;
    queueMicrotask(() => {
      isWaiting = false;
      scan();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
}

const own = document.currentScript as HTMLScriptElement | null;
if (own !== null && window.diktyo === undefined) {
  window.diktyo = Object.freeze({ engine: new URL(own.src).origin });
  startDiktyo(window.diktyo.engine);
}

export {};
