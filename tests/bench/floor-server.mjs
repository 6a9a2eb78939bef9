// The floor that acceptance is measured against: the same HTTP server and validator, one bare function that inserts
// the same three rows (application, audit, outbox), no tenancy, no idempotency, no protocol number, no limits.
import Fastify from 'fastify';
import postgres from 'postgres';

const sql = postgres(process.env.DATABASE_URL, { max: Number(process.env.FLOOR_CONNECTIONS ?? 16), onnotice: () => undefined });
await sql.unsafe(`
  drop schema if exists floor cascade;
  create schema floor;
  create table floor.application (id uuid primary key, municipality text not null, programme text not null, answers jsonb not null, filed_at timestamptz not null default now());
  create table floor.audit_entry (id bigint generated always as identity primary key, application_id uuid not null, action text not null, at timestamptz not null default now());
  create table floor.outbox (id bigint generated always as identity primary key, application_id uuid not null, kind text not null, created_at timestamptz not null default now());
  create function floor.submit(p_id uuid, p_municipality text, p_programme text, p_answers jsonb) returns uuid language plpgsql as $$
  begin
    insert into floor.application (id, municipality, programme, answers) values (p_id, p_municipality, p_programme, p_answers);
    insert into floor.audit_entry (application_id, action) values (p_id, 'filed');
    insert into floor.outbox (application_id, kind) values (p_id, 'start');
    return p_id;
  end $$;
`);

const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } } });
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['programme', 'hash', 'answers', 'documentIds', 'language'],
  properties: {
    programme: { type: 'string', maxLength: 64 },
    hash: { type: 'string', maxLength: 80 },
    answers: { type: 'object' },
    documentIds: { type: 'array', items: { type: 'string' }, maxItems: 200 },
    language: { type: 'string', maxLength: 2 },
  },
};
app.post('/floor/:municipality/applications', { schema: { body } }, async (request, reply) => {
  const [row] = await sql`select floor.submit(${crypto.randomUUID()}, ${request.params.municipality}, ${request.body.programme}, ${sql.json(request.body.answers)}) as id`;
  return reply.code(201).send({ applicationId: row.id });
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.FLOOR_PORT) });
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdout.write('ready\n');
