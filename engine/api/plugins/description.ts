import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
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
    transform: ({ schema, url, route }) => ({ schema: described(schema, route.config?.access), url }),
  });
}

function described(schema: FastifySchema | undefined, access: AccessRule | undefined): FastifySchema {
  if (!access) return { hide: true };
  const security = access.who === 'draft' || access.who === 'citizen' || access.who === 'staff' ? { security: [{ [access.who]: [] }] } : {};
  const roles = access.who === 'staff' && access.roles ? `Roles: ${access.roles.join(', ')}.` : '';
  const description = [(schema as { description?: string } | undefined)?.description ?? '', roles].filter((text) => text !== '').join(' ');
  return { ...schema, ...security, ...(description === '' ? {} : { description }) };
}
