import { Context } from '@temporalio/activity';
import type { EffectActivities } from '#engine/contract/kernel.js';

const HEARTBEAT_MS = 1_500;

/** An effect says that its worker lives: when it is killed the case learns within seconds, not after the longest effect. */
export function withHeartbeat({ deliver, call }: EffectActivities): EffectActivities {
  return {
    deliver: (input) => whileBeating(() => deliver(input)),
    call: (input) => whileBeating(() => call(input)),
  };
}

async function whileBeating(work: () => Promise<void>): Promise<void> {
  const { heartbeat } = Context.current();
  const beating = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(beating);
  }
}
