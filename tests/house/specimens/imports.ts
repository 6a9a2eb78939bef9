// A specimen for arrows.test.ts: each form an import may take, once.
import type { Stats } from 'node:fs';
import { join, type ParsedPath } from 'node:path';
import 'node:os';
export type { URL } from 'node:url';
export { inspect } from 'node:util';

export type Zip = import('node:zlib').Gzip;
export const load = async (): Promise<unknown> => import('node:net');
export const parts: readonly (Stats | ParsedPath | string)[] = [join('a', 'b')];
