import type { CallDefinition } from './call-registry.js';
import { demoFailing } from './demo/failing.js';
import { demoPostcode } from './demo/postcode.js';

/** Given to the worker in development, besides what a developer hands in. */
export const DEMO_CALLS: readonly CallDefinition[] = [demoPostcode, demoFailing];
