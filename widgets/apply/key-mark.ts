import { newKey } from '#widgets/client/engine-client.js';

/**
 * The bare key of a submission whose outcome is open: whoever loads the page again meanwhile and fills it in once more
 * submits under the same key, so that it cannot become a second application. Says nothing of the person; gone with the
 * outcome, or with the tab.
 */
export function keepKey(name: string): string {
  const key = newKey();
  try {
    return (sessionStorage[name] ??= key) as string;
  } catch {
    // The browser keeps nothing for this page.
    return key;
  }
}

export function dropKey(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
