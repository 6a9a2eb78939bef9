import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** Folder of package.json: the same whether this runs from the sources or from dist/. */
export function packageRoot(): string {
  return dirname(createRequire(import.meta.url).resolve('#package'));
}
