import type { FastifyInstance } from 'fastify';
import { addApplicationRoutes } from './applications.js';
import { addDescriptionRoutes } from './description.js';
import { addDraftRoutes } from './drafts.js';
import { addHealthRoutes } from './health.js';
import { addOutboxRoutes } from './outbox.js';
import { addPageRoutes } from './pages.js';
import { addProgrammeRoutes } from './programmes.js';
import type { RouteParts } from './route-parts.js';
import { addStaffCaseRoutes } from './staff-cases.js';
import { addStaffDocumentRoutes } from './staff-documents.js';
import { addStaffQueueRoutes } from './staff-queue.js';
import { addStaffSessionRoutes } from './staff-session.js';
import { addTrackingRoutes } from './tracking.js';

/** One file per noun; each declares its own routes. */
export function addRoutes(app: FastifyInstance, parts: RouteParts): void {
  addHealthRoutes(app, parts);
  addDescriptionRoutes(app);
  addProgrammeRoutes(app, parts);
  addDraftRoutes(app, parts);
  addApplicationRoutes(app, parts);
  addTrackingRoutes(app, parts);
  addStaffSessionRoutes(app, parts);
  addStaffQueueRoutes(app, parts);
  addStaffCaseRoutes(app, parts);
  addStaffDocumentRoutes(app, parts);
  addOutboxRoutes(app, parts);
  addPageRoutes(app, parts);
}
