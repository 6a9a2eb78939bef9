import type { ApiParts } from '../parts.js';
import type { KnownMunicipalities } from '../plugins/origins.js';
import type { KnownVersions } from '../versions.js';

/** What every route may use. */
export interface RouteParts extends ApiParts {
  readonly municipalities: KnownMunicipalities;
  readonly versions: KnownVersions;
}
