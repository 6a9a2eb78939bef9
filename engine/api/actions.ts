import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { canonicalise } from '#definitions/language/canonical.js';
import type { Actor, ActionReply, CaseEventKind, Json } from '#engine/contract/case.js';
import { refuse, refuseWith } from './problems/problem.js';
import type { RouteParts } from './routes/route-parts.js';
import { viewStatus } from './views/case-view.js';

const DEADLINE_MS = 5_000;
/** The relay takes over when the caller's own attempt has surely ended. */
const GRACE_SECONDS = 8;
const RETRY_SECONDS = 5;

export interface ActionOrder {
  readonly municipality: string;
  readonly caseId: string;
  /** The caller's idempotency key: the id of the event. */
  readonly key: string;
  readonly actor: Actor;
  readonly body: { readonly kind: CaseEventKind };
}

/**
 * Recorded first, so that nothing is lost; then handed to the case, and what the case says is the answer. When it says
 * nothing in time, the caller hears 503, that the action is safe, and how to ask again.
 */
export async function act(reply: FastifyReply, parts: RouteParts, { municipality, caseId, key, actor, body }: ActionOrder): Promise<FastifyReply> {
  const { kind, ...payload } = body;
  const payloadHash = createHash('sha256').update(canonicalise({ kind, payload })).digest('hex');
  const recorded = await parts.cases.recordAction({ municipality, caseId, key, kind, actor, payload: payload as Json, payloadHash, graceSeconds: GRACE_SECONDS });
  if (!recorded) return refuse(reply, { code: 'case.notFound' });
  if ('code' in recorded) return refuseWith(reply, recorded);
  if (recorded.reply) return answer(reply, recorded.reply);
  try {
    await parts.sendAction({ municipality, caseId, eventId: key, kind, deadlineMs: DEADLINE_MS });
  } catch (error) {
    reply.log.warn({ requestId: reply.request.id, fault: { name: error instanceof Error ? error.name : 'unknown' } }, 'an action was recorded but not delivered');
  }
  const heard = await parts.cases.readReply({ municipality, caseId, key });
  if (heard) return answer(reply, heard);
  reply.server.metrics.delayedActions.inc();
  return refuse(reply, { code: 'case.delayed', retryAfterSeconds: RETRY_SECONDS });
}

function answer(reply: FastifyReply, heard: ActionReply): FastifyReply {
  return heard.accepted ? reply.send({ version: heard.version, status: viewStatus(heard.status) }) : refuseWith(reply, heard.refusal);
}
