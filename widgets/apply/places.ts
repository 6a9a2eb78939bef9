/** Where in the widget the reader is. */
export interface Place {
  /** `loading`: nothing yet, or again nothing but what went wrong. */
  readonly view: 'loading' | 'start' | 'page' | 'check' | 'receipt' | 'resume' | 'saved' | 'changed';
  /** The page that is shown, or to which the way leads back; "" where there is none. */
  readonly pageId: string;
}

interface Mark {
  readonly widget: string;
  readonly place: Place;
}

/**
 * The browser's Back goes one step back in the form instead of leaving it. Entries of the session history are added, or
 * the present one is marked, without touching the address; what the host keeps in its own state stays beside ours.
 */
export function markPlace(mark: Mark, { isFirst }: { readonly isFirst: boolean }): void {
  history[isFirst ? 'replaceState' : 'pushState']({ ...(history.state as object | null), diktyo: mark }, '');
}

/** Where a step through the session history leads; undefined when it was not this widget's. */
export function markedPlace({ state }: PopStateEvent, widget: string): Place | undefined {
  const mark = (state as { readonly diktyo?: Mark } | null)?.diktyo;
  return mark?.widget === widget ? mark.place : undefined;
}
