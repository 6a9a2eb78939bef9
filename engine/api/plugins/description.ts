import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { MEDIA_TYPES } from '../documents/receiving.js';
import type { AccessRule } from './access.js';

/** OpenAPI 3.1, made from the routes themselves: what is not declared does not run, so what runs is described. */
export async function addDescription(app: FastifyInstance, { version }: { readonly version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Diktyo', version, license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' }, description: 'Every interface the widgets, the desk and other systems use. Writes carry an Idempotency-Key; every refusal is an RFC 9457 problem with a code, documented under /api.' },
      components: {
        securitySchemes: {
          draft: { type: 'apiKey', in: 'header', name: 'Authorization', description: '`Draft <resume code>`' },
          citizen: { type: 'http', scheme: 'bearer', description: 'the token of POST /api/v1/tracking/open' },
          staff: { type: 'apiKey', in: 'cookie', name: '__Host-diktyo-session', description: 'after GET /api/v1/staff/login; writes also send X-CSRF-Token' },
        },
      },
    },
    refResolver: { buildLocalReference: (json) => String(json['$id']) },
    transform: ({ schema, url, route }) => {
      const isWrite = [route.method].flat().some((method) => WRITES.has(method));
      const { access, keyless, upload = false, kept = false, file = false } = route.config ?? {};
      return { schema: described(schema, { access, isWrite, isKeyless: keyless !== undefined, isUpload: upload, isKept: kept, isFile: file }), url };
    },
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For the description: what everybody may keep; whoever still has it hears 304. */
    kept?: boolean;
    /** For the description: the answer is a file. */
    file?: boolean;
  }
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const KEY = { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$', description: 'made before the first try, and the same at every repeat of the same body' } as const;
const CSRF_TOKEN = { type: 'string', description: '`csrfToken` of GET /api/v1/staff/session' } as const;
const REFUSAL = { description: 'Refused: a problem (RFC 9457) with its code, and every finding with a JSON pointer.', content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } } } as const;

const NOT_MODIFIED = { 304: { type: 'null', description: 'Unchanged since the entity tag of If-None-Match.' } } as const;
const BYTES = { type: 'string', contentMediaType: 'application/octet-stream' } as const;
const FILE = { 200: { description: 'The file.', content: Object.fromEntries(MEDIA_TYPES.map((type) => [type, { schema: BYTES }])) } };

interface Described {
  readonly access: AccessRule | undefined;
  readonly isWrite: boolean;
  readonly isKeyless: boolean;
  readonly isUpload: boolean;
  readonly isKept: boolean;
  readonly isFile: boolean;
}

/** What the plugins ask of a request stands in no route's schema; whoever reads the description must be told all the same. */
function described(schema: FastifySchema | undefined, { access, isWrite, isKeyless, isUpload, isKept, isFile }: Described): FastifySchema {
  if (!access) return { hide: true };
  const security = access.who === 'draft' || access.who === 'citizen' || access.who === 'staff' ? { security: [{ [access.who]: [] }] } : {};
  const roles = access.who === 'staff' && access.roles ? `Roles: ${access.roles.join(', ')}.` : '';
  const description = [(schema as { description?: string } | undefined)?.description ?? '', roles].filter((text) => text !== '').join(' ');
  const headers = {
    ...(isWrite && !isKeyless ? { 'Idempotency-Key': KEY } : {}),
    ...(isWrite && access.who === 'staff' ? { 'X-CSRF-Token': CSRF_TOKEN } : {}),
  };
  const asked = Object.keys(headers).length === 0 ? {} : { headers: { type: 'object', properties: headers, required: Object.keys(headers) } };
  const response = { ...(schema?.response as Readonly<Record<string, unknown>> | undefined), ...(isKept ? NOT_MODIFIED : {}), ...(isFile ? FILE : {}), default: REFUSAL };
  const sent = isUpload ? { consumes: MEDIA_TYPES, body: BYTES } : {};
  return { ...schema, ...security, ...asked, ...sent, response, ...(description === '' ? {} : { description }) };
}
