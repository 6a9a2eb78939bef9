import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Localised } from '#definitions/types/wire.js';
import type { ProgrammeRegister } from '#engine/contract/rooms.js';

export interface KnownMunicipality {
  readonly code: string;
  readonly name: Localised;
  readonly unit: string;
  readonly siteOrigins: readonly string[];
  /** How many it offers now. */
  readonly programmeCount: number;
}

const FRESH_MS = 5_000;

/** The municipalities of the register, asked for again every few seconds. */
export class KnownMunicipalities {
  private readonly programmes: ProgrammeRegister;
  private asked: { readonly at: number; readonly list: Promise<readonly KnownMunicipality[]> } | null = null;
  constructor(programmes: ProgrammeRegister) {
    this.programmes = programmes;
  }

  list(): Promise<readonly KnownMunicipality[]> {
    if (!this.asked || Date.now() - this.asked.at > FRESH_MS) {
      const list = this.programmes.listMunicipalities() as Promise<readonly KnownMunicipality[]>;
      this.asked = { at: Date.now(), list };
      list.catch(() => {
        this.asked = null;
      });
    }
    return this.asked.list;
  }

  async find(code: string): Promise<KnownMunicipality | null> {
    return (await this.list()).find((municipality) => municipality.code === code) ?? null;
  }
}

/** Only the path decides which sites may ask, and it is matched from its first character to the end of the segment. */
const OF_ONE = /^\/api\/v1\/municipalities\/([0-9]{4})(?:\/|$|\?)/;
const OF_ALL = /^\/api\/v1\/(?:municipalities|tracking)(?:\/|$|\?)/;

const RULES = {
  methods: ['GET', 'POST', 'PUT'],
  allowedHeaders: ['content-type', 'authorization', 'idempotency-key'],
  exposedHeaders: ['retry-after', 'x-request-id'],
  credentials: false,
  maxAge: 600,
  strictPreflight: true,
};

/**
 * Exact origins from the register: of one municipality where the path names it, of all where it does not (tracking).
 * Never credentials, never a reflected, null or partly matching origin. The staff's routes answer to no other origin.
 */
export async function addOrigins(app: FastifyInstance, municipalities: KnownMunicipalities): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/')) void reply.header('vary', 'Origin');
    done();
  });
  await app.register(cors, {
    delegator: (request: FastifyRequest, done) => {
      // The page of another site always says its origin; most requests come from our own pages or from no page.
      if (request.headers.origin === undefined) return done(null, { ...RULES, origin: false });
      // An OPTIONS that is no preflight asks what an address takes, and hears it from plugins/methods.
      const preflight = request.headers['access-control-request-method'] !== undefined;
      isAllowed(request, municipalities).then(
        (origin) => done(null, { ...RULES, preflight, origin: origin ?? false }),
        (error: Error) => done(error),
      );
    },
  });
}

async function isAllowed(request: FastifyRequest, municipalities: KnownMunicipalities): Promise<string | null> {
  const { origin } = request.headers;
  if (origin === undefined || !OF_ALL.test(request.url)) return null;
  const code = OF_ONE.exec(request.url)?.[1];
  const list = await municipalities.list();
  const known = code === undefined ? list : list.filter((municipality) => municipality.code === code);
  return known.some(({ siteOrigins }) => siteOrigins.includes(origin)) ? origin : null;
}
