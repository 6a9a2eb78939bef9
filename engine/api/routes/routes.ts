import type { FastifyInstance } from 'fastify';
import type { ApiParts } from '../parts.js';
import type { KnownMunicipalities } from '../plugins/origins.js';
import { addHealthRoutes } from './health.js';
import { addDescriptionRoutes } from './description.js';

export interface RouteParts extends ApiParts {
  readonly municipalities: KnownMunicipalities;
}

/** One file per noun; each declares its own routes. */
export function addRoutes(app: FastifyInstance, parts: RouteParts): void {
  addHealthRoutes(app, parts);
  addDescriptionRoutes(app);
}
