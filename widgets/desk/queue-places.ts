/** Where a clerk was in a queue: what it was held to, how far it was read, and which task was opened from it. */
export interface QueuePlace {
  programme: string;
  step: string;
  overdue: boolean;
  shown: number;
  openedTask: string;
}

/** In memory only: coming back from a case, the list stands where it stood. */
const places = new Map<string, QueuePlace>();

export function queuePlace(municipality: string, scope: 'mine' | 'all'): QueuePlace {
  const key = `${municipality}/${scope}`;
  const known = places.get(key) ?? { programme: '', step: '', overdue: false, shown: 0, openedTask: '' };
  places.set(key, known);
  return known;
}

/** At sign-out, for the next person at this desk. */
export function forgetQueuePlaces(): void {
  places.clear();
}
