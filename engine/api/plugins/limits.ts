import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../problems/problem.js';

export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

const KEYS_MAX = 50_000;

/** Fixed windows in memory, per process. Keys are verified facts only: a peer address, a session, the hash of a code. */
export class Counters {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();
  private readonly now: () => number;
  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Seconds until the next chance when the key is over its limit, else 0. Counts nothing. */
  blockedFor(key: string, limit: Limit): number {
    const window = this.windows.get(key);
    if (!window || window.endsAt <= this.now() || window.count < limit.max) return 0;
    return Math.ceil((window.endsAt - this.now()) / 1000);
  }

  count(key: string, limit: Limit): void {
    const window = this.windows.get(key);
    if (window && window.endsAt > this.now()) {
      window.count += 1;
      // Growing delay: whoever goes on past the limit waits longer, up to an hour.
      if (window.count > limit.max * 2) window.endsAt = Math.min(window.endsAt + limit.windowMs, this.now() + 3_600_000);
      return;
    }
    this.windows.delete(key);
    if (this.windows.size >= KEYS_MAX) this.forgetOldest();
    this.windows.set(key, { count: 1, endsAt: this.now() + limit.windowMs });
  }

  private forgetOldest(): void {
    for (const [key, { endsAt }] of this.windows) if (endsAt <= this.now()) this.windows.delete(key);
    for (const key of this.windows.keys()) {
      if (this.windows.size < KEYS_MAX) return;
      this.windows.delete(key);
    }
  }
}

/** Counts this request against the key; ends it with 429 when the key is over its limit. */
export function limit(reply: FastifyReply, counters: Counters, { key, ...rule }: Limit & { readonly key: string }): FastifyReply | null {
  const seconds = counters.blockedFor(key, rule);
  counters.count(key, rule);
  return seconds > 0 ? tooMany(reply, seconds) : null;
}

export function tooMany(reply: FastifyReply, seconds: number): FastifyReply {
  return refuse(reply, { code: 'request.rateLimited', retryAfterSeconds: seconds });
}

/** The peer's address after trusted proxies; of IPv6 the network, since one household holds a whole /64. */
export function addressKey(request: FastifyRequest): string {
  const address = request.ip.startsWith('::ffff:') ? request.ip.slice(7) : request.ip;
  if (!address.includes(':')) return `address:${address}`;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return `address:${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}`;
}
