import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Programme } from '#definitions/types/programme.js';
import type { CallDefinition } from '#engine/connect/calls/call-registry.js';
import { createFailingDemo } from '#engine/connect/messages/failing-demo.js';
import { createSmtpDoor } from '#engine/connect/messages/smtp.js';
import { createThrowingDemo } from '#engine/connect/messages/throwing-demo.js';
import type { MessageDoor } from '#engine/connect/messages/message-door.js';
import type { Json } from '#engine/contract/case.js';
import type { Running } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import { startWorker } from '#workflows/worker/main.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import type { House } from './running.js';
import { openHouse, staff, until } from './running.js';

const DESK = staff('desk');
const FROM = 'Δήμος <diktyo@example.org>';

let temporal: OwnTemporal;
let house: House;
let relay: Running;
let worker: Running | undefined;
/** Changed by each test: the worker's door leads wherever this leads. */
let door: MessageDoor;
let callOutput: () => Promise<Json>;
const closers: (() => Promise<void>)[] = [];

const lookUp: CallDefinition = {
  name: 'lookUp',
  title: { el: 'Δοκιμή', en: 'Trial' },
  inputSchema: { type: 'object', required: ['fit'], properties: { fit: { type: 'boolean' } } },
  outputSchema: { type: 'object', additionalProperties: false, required: ['found'], properties: { found: { type: 'integer' } } },
  isRepeatable: false,
  run: () => callOutput(),
};

const text = (el: string) => ({ el, en: el });
const messages: Programme['messages'] = [{ id: 'tell', channels: ['email', 'sms'], subject: text('Αίτηση {protocolNumber}'), body: text('Δήμος {municipality}: {missing}|{nothing}') }];
const notifying = () => programmeOf([STEPS.notify('tell', { next: 'look' }), STEPS.review('look'), STEPS.end()], { messages }).programme;

beforeAll(async () => {
  temporal = await startTemporal();
  house = await openHouse(temporal);
  door = createFailingDemo();
  const leading: MessageDoor = { kind: 'test', channels: ['email'], send: (message) => door.send(message), close: () => Promise.resolve() };
  worker = await startWorker(house.settings('diktyo_worker'), { calls: [lookUp], door: leading });
  relay = await startRelay(house.settings('diktyo_relay'));
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
afterAll(async () => {
  await relay.close();
  await worker?.close();
  await house.close();
  await temporal.stop();
});

/** A real mail server that keeps what it was given. */
async function startMail(onData: (count: number) => Error | null = () => null): Promise<{ url: string; received: string[] }> {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = onData(received.length);
        if (refusal === null) received.push(Buffer.concat(chunks).toString('utf8'));
        callback(refusal);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received };
}

/** Speaks SMTP up to the content, swallows it, and dies without an answer, as a server does that loses power. */
async function startDyingMail(): Promise<{ url: string; contents: string[] }> {
  const contents: string[] = [];
  const server = createServer((socket: Socket) => {
    let content: string | null = null;
    socket.on('error', () => undefined);
    socket.write('220 dying\r\n');
    socket.on('data', (chunk) => {
      const said = chunk.toString('utf8');
      if (content !== null) {
        content += said;
        if (content.includes('\r\n.\r\n')) {
          contents.push(content);
          socket.destroy();
        }
      } else if (said.startsWith('DATA')) {
        content = '';
        socket.write('354 go on\r\n');
      } else if (said.startsWith('EHLO')) socket.write('250 dying\r\n');
      else socket.write('250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, contents };
}

describe('A message', () => {
  it('reaches a real mail server once, filled in, with a header nobody can break into', async () => {
    const mail = await startMail();
    door = createSmtpDoor({ url: mail.url, from: FROM });
    const caseId = await house.file(await house.publish(notifying()), { subject: { email: 'to@example.org' } });
    const file = await house.until(caseId, ({ effects }) => effects.some(({ status }) => status === 'sent'));
    expect(mail.received).toHaveLength(1);
    const [content = ''] = mail.received;
    expect(content).toContain('To: to@example.org');
    expect(Buffer.from(content.split('\r\n\r\n')[1] ?? '', 'base64').toString('utf8')).toContain('Δήμος Μάνδρας - Ειδυλλίας: Χαρτί|—');
    expect(content).toMatch(/^Message-ID: <[0-9a-f]{40}@example\.org>/m);
    expect(file.effects).toEqual([expect.objectContaining({ status: 'sent', attempts: 1 })]);
  });

  it('that may have got through is never sent again by itself: an incident is opened, and a person has it sent once more', async () => {
    const dying = await startDyingMail();
    door = createSmtpDoor({ url: dying.url, from: FROM });
    const caseId = await house.file(await house.publish(notifying()));
    const parked = await house.until(caseId, ({ state }) => state.incidents.length > 0, 'the incident');
    expect(dying.contents).toHaveLength(1);
    expect(parked.state.incidents[0]).toMatchObject({ code: 'effect.uncertain', commandKey: 'tell#1:message' });
    expect(await house.cases.incidents({ municipality: '9230', reader: staff('supervisor'), purpose: 'test' })).toContainEqual(expect.objectContaining({ caseId, code: 'effect.uncertain' }));
    const mail = await startMail();
    door = createSmtpDoor({ url: mail.url, from: FROM });
    expect(await house.act(caseId, { kind: 'incidentSettled', payload: { incidentId: 'incident-1', resolution: 'retry' }, actor: DESK })).toBe('accepted');
    await house.until(caseId, ({ effects }) => effects[0]?.status === 'sent');
    expect(mail.received).toHaveLength(1);
    expect(dying.contents).toHaveLength(1);
  });

  it('that the server refuses for now is tried again by itself; one that it refuses for good is not', async () => {
    const busy = await startMail(() => null);
    let answers = 0;
    const moody = await startMail(() => ((answers += 1) === 1 ? Object.assign(new Error('later'), { responseCode: 451 }) : null));
    door = createSmtpDoor({ url: moody.url, from: FROM });
    const first = await house.file(await house.publish(notifying()));
    const sent = await house.until(first, ({ effects }) => effects[0]?.status === 'sent');
    expect(sent.effects[0]?.attempts).toBe(2);
    expect(moody.received).toHaveLength(1);
    const strict = await startMail(() => Object.assign(new Error('never'), { responseCode: 550 }));
    door = createSmtpDoor({ url: strict.url, from: FROM });
    const second = await house.file(await house.publish(notifying()));
    const refused = await house.until(second, ({ state }) => state.incidents.length > 0);
    expect(refused).toMatchObject({ state: { incidents: [{ code: 'message.refused' }] }, effects: [{ status: 'notSent', attempts: 1, lastError: 'smtp.550' }] });
    expect(busy.received).toHaveLength(0);
  });

  it('through a door that throws counts as uncertain', async () => {
    door = createThrowingDemo();
    const caseId = await house.file(await house.publish(notifying()));
    const file = await house.until(caseId, ({ state }) => state.incidents.length > 0);
    expect(file.effects).toEqual([expect.objectContaining({ status: 'uncertain', attempts: 1, lastError: 'message.doorThrew' })]);
    expect(await house.act(caseId, { kind: 'incidentSettled', payload: { incidentId: 'incident-1', resolution: 'done', note: 'Τηλεφωνήσαμε.' }, actor: DESK })).toBe('accepted');
    expect((await house.read(caseId)).effects[0]?.status).toBe('settled');
  });

  it('to somebody without an address is no incident: the case says so and goes on', async () => {
    const caseId = await house.file(await house.publish(notifying()), { subject: { email: '', phone: '' } });
    const file = await house.until(caseId, ({ effects }) => effects[0]?.status === 'notSent');
    expect(file).toMatchObject({ state: { currentStep: 'look', incidents: [] }, effects: [{ lastError: 'message.noAddress' }] });
  });
});

describe('A developer’s activity', () => {
  const calling = () => programmeOf([STEPS.call('ask', { next: 'look', failed: 'sorry' }), STEPS.review('look'), STEPS.review('sorry'), STEPS.end()]).programme;

  it('gets its input, and its output becomes part of the case', async () => {
    callOutput = () => Promise.resolve({ found: 3 });
    const file = await house.until(await house.file(await house.publish(calling())), ({ state }) => state.currentStep === 'look');
    expect(file.state.findings['ask']).toEqual({ found: 3 });
  });

  it('whose output does not fit its schema leaves nothing in the case but an incident', async () => {
    callOutput = () => Promise.resolve({ found: 'τρία' });
    const caseId = await house.file(await house.publish(calling()));
    const file = await house.until(caseId, ({ state }) => state.incidents.length > 0);
    expect(file.state).toMatchObject({ currentStep: 'ask', findings: {}, incidents: [{ code: 'call.outputInvalid' }] });
    callOutput = () => Promise.resolve({ found: 4 });
    expect(await house.act(caseId, { kind: 'incidentSettled', payload: { incidentId: 'incident-1', resolution: 'retry' }, actor: DESK })).toBe('accepted');
    expect((await house.until(caseId, ({ state }) => state.currentStep === 'look')).state.findings['ask']).toEqual({ found: 4 });
  });

  it('that fails can be given up, and the case goes the way for that', async () => {
    callOutput = () => Promise.reject(new Error('out of order'));
    const caseId = await house.file(await house.publish(calling()));
    await house.until(caseId, ({ state }) => state.incidents.length > 0);
    expect(await house.act(caseId, { kind: 'incidentSettled', payload: { incidentId: 'incident-1', resolution: 'drop' }, actor: DESK })).toBe('accepted');
    expect((await house.read(caseId)).state.currentStep).toBe('sorry');
  });

  it('is never run on input that does not fit', async () => {
    callOutput = () => Promise.reject(new Error('must not be reached'));
    const caseId = await house.file(await house.publish(calling(), {}));
    const file = await house.until(caseId, ({ state }) => state.incidents.length > 0);
    expect(file.state.incidents[0]?.code).toBe('call.inputInvalid');
  });

  it('must be known to the worker, which else does not start', async () => {
    await until(async () => (await house.owner`select 1 from diktyo.outbox where sent_at is null and kind = 'start'`).length === 0, 'the outbox to drain');
    await expect(startWorker(house.settings('diktyo_worker'))).rejects.toThrow(/lookUp \(trial, 9230\)/);
  });
});
