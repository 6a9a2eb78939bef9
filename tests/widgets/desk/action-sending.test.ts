import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '#widgets/desk/api-call.js';
import { ActionSending } from '#widgets/desk/action-sending.js';

type Answer = ApiAnswer<string>;

const DELAYED: Answer = {
  kind: 'problem',
  status: 503,
  problem: { type: '', title: { el: '', en: '' }, status: 503, code: 'case.delayed', detail: { el: '', en: '' }, instance: '' },
  retryAfterSeconds: 7,
};
const LOST: Answer = { kind: 'unreachable' };
const DONE: Answer = { kind: 'value', value: 'new state' };
const refusal = (status: number): Answer => ({ kind: 'problem', status, problem: null });

function sendingWith(answers: readonly Answer[]): { sending: ActionSending<object, string>; posts: { body: object; key: string }[]; waits: number[]; stages: string[] } {
  const posts: { body: object; key: string }[] = [];
  const waits: number[] = [];
  const stages: string[] = [];
  let keys = 0;
  const sending = new ActionSending<object, string>({
    post: (body, key) => {
      posts.push({ body, key });
      return Promise.resolve(answers[posts.length - 1] ?? DONE);
    },
    newKey: () => `key-${(keys += 1)}`,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  sending.addEventListener('change', () => stages.push(sending.state.stage));
  return { sending, posts, waits, stages };
}

describe('A write from the desk', () => {
  it('is sent once however often the button is pressed', async () => {
    const { sending, posts } = sendingWith([DONE]);
    await Promise.all([sending.send({ kind: 'noteAdded' }), sending.send({ kind: 'noteAdded' }), sending.send({ kind: 'noteAdded' })]);
    expect(posts).toHaveLength(1);
  });

  it('keeps its key while the answer is lost, and tells that it is not sure', async () => {
    const { sending, posts, stages } = sendingWith([LOST, LOST, DONE]);
    await sending.send({ kind: 'noteAdded' });
    expect(new Set(posts.map(({ key }) => key))).toEqual(new Set(['key-1']));
    expect(stages).toEqual(['sending', 'unsure', 'unsure', 'done']);
  });

  it('is told as recorded when the case is delayed, and is asked for again when the engine said', async () => {
    const { sending, posts, waits, stages } = sendingWith([DELAYED, DONE]);
    await sending.send({ kind: 'decided' });
    expect(stages).toEqual(['sending', 'recorded', 'done']);
    expect(waits).toEqual([7_000]);
    expect(posts.map(({ key }) => key)).toEqual(['key-1', 'key-1']);
  });

  it('gets a new key after a definite answer', async () => {
    const { sending, posts } = sendingWith([refusal(409), DONE]);
    expect((await sending.send({ kind: 'noteAdded' })).stage).toBe('refused');
    await sending.send({ kind: 'noteAdded' });
    expect(posts.map(({ key }) => key)).toEqual(['key-1', 'key-2']);
  });

  it('keeps its key across a sign-in that had run out', async () => {
    const { sending, posts } = sendingWith([refusal(401), DONE]);
    await sending.send({ kind: 'noteAdded', note: 'x' });
    await sending.send({ kind: 'noteAdded', note: 'x' });
    expect(posts.map(({ key }) => key)).toEqual(['key-1', 'key-1']);
  });

  it('stops asking an engine that keeps failing, and the same body tried later is still the same write', async () => {
    const { sending, posts } = sendingWith([refusal(500), refusal(500), refusal(500), refusal(500), DONE]);
    expect((await sending.send({ kind: 'noteAdded' })).stage).toBe('refused');
    expect(posts).toHaveLength(4);
    await sending.send({ kind: 'noteAdded' });
    expect(new Set(posts.map(({ key }) => key))).toEqual(new Set(['key-1']));
  });

  it('never carries the key of one body to another', async () => {
    const { sending, posts } = sendingWith([refusal(401), DONE]);
    await sending.send({ note: 'one' });
    await sending.send({ note: 'other' });
    expect(posts.map(({ key }) => key)).toEqual(['key-1', 'key-2']);
  });
});
