import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '#definitions/types/programme.js';
import type { NationalDays } from '#engine/decide/calendar.js';
import { packageRoot } from '#engine/settings/package-root.js';

/** The national tables that the worker needs; the same for every municipality. */
export function readReference(): { readonly calendar: NationalDays; readonly municipalityNames: ReadonlyMap<string, Text> } {
  const { municipalities } = read('municipalities.json') as { readonly municipalities: readonly { readonly code: string; readonly name: Text }[] };
  return { calendar: read('holidays.json') as NationalDays, municipalityNames: new Map(municipalities.map(({ code, name }) => [code, name])) };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(packageRoot(), 'definitions/reference', file), 'utf8'));
}
