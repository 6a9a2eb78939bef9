import { inject } from 'vitest';

/** Asks the run's global set-up for something shared; it is started at the first question. */
export async function askShared(path: '/database' | '/temporal' | '/time-skipping' | '/build'): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(`${inject('sharedServersUrl')}${path}`);
  const body = (await response.json()) as Readonly<Record<string, string>>;
  if (!response.ok) throw new Error(`the shared ${path.slice(1)} did not start: ${body['error'] ?? response.status}`);
  return body;
}

/** dist/ is up to date after this: for tests that start real processes or the workflow bundle. Returns its path. */
export async function builtFolder(): Promise<string> {
  const { dist = '' } = await askShared('/build');
  return dist;
}
