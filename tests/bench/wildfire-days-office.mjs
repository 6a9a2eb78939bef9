// One replayed day: people come at an even pace, two clerks and two inspectors a municipality work until every file is ready.
import { setTimeout as delay } from 'node:timers/promises';
import { bringPapersOnTheWeb, bringPapersToTheDesk, fileAtTheDesk, fileOnTheWeb, readChannel, readQueue, workOnTask } from './wildfire-days-client.mjs';

const IDLE_MS = 150;
const OUTBOX_MS = 700;
/** Nothing became ready for this long: something is lost, and the bench must say so instead of waiting. */
const STUCK_MS = 150_000;
/** A clerk looks at the list again after this many files. */
const TASKS_AT_ONCE = 5;

/** The municipality's messages as citizens read them: one reader for all who wait for a code. */
export function openPostbox(client) {
  const waiting = new Map();
  let isReading = false;
  const read = async () => {
    isReading = true;
    while (waiting.size > 0) {
      const { messages } = await client.send({ path: '/outbox' });
      for (const { to, body, at } of messages) {
        const code = /(?<!\d)\d{6}(?!\d)/.exec(body)?.[0];
        const waits = waiting.get(to);
        if (code === undefined || waits === undefined || Date.parse(at) < waits.since) continue;
        waiting.delete(to);
        waits.resolve(code);
      }
      await delay(OUTBOX_MS);
    }
    isReading = false;
  };
  return (to) =>
    new Promise((resolve, reject) => {
      waiting.set(to, { resolve, since: Date.now() - 1_000 });
      if (!isReading) read().catch(reject);
    });
}

/** Runs one day; `office` holds client, readCode, programmes, clerks, inspectors, keepReceipt. Answers what each application went through. */
export async function replayDay(office, { people, perSecond }) {
  const day = { office, perSecond, lengthMs: (people.length / perSecond) * 1_000, counter: new Map(), lives: new Map(), taken: new Set(), total: people.length, ready: 0, movedAt: Date.now(), isOver: false };
  const failures = [];
  const guard = (work) => work.catch((error) => failures.push(error));
  const coming = people.map((person, index) => guard(arrive(day, { person, afterMs: (index / perSecond) * 1_000 })));
  const working = [...office.clerks.map((clerk) => workAsClerk(day, clerk)), ...office.inspectors.map((inspector) => workAsInspector(day, inspector))].map(guard);
  const begun = Date.now();
  while (day.ready < day.total && failures.length === 0) {
    if (Date.now() - day.movedAt > Math.max(STUCK_MS, day.lengthMs)) failures.push(new Error(`${day.total - day.ready} of ${day.total} files do not become ready`));
    await delay(IDLE_MS);
  }
  day.isOver = true;
  if (failures.length > 0) throw failures[0];
  await Promise.all([...coming, ...working]);
  return { seconds: (Date.now() - begun) / 1_000, lives: [...day.lives.values()] };
}

async function arrive(day, { person, afterMs }) {
  await delay(afterMs);
  if (person.filedBy === 'desk') return queueUp(day, { desk: person.desk, serve: (clerk) => serveFiling(day, { person, clerk }) });
  const { client, programmes } = day.office;
  const { municipality, answers } = person;
  const receipt = await fileOnTheWeb(client, { municipality, programme: programmes[municipality], answers, papers: person.comesWithoutPapers ? [] : person.papers });
  keep(day, { person, receipt });
  await comeBack(day, { person, receipt });
}

async function serveFiling(day, { person, clerk }) {
  const { client, programmes } = day.office;
  const { municipality, answers, papers, comesWithoutPapers } = person;
  const receipt = await fileAtTheDesk(client, { municipality, programme: programmes[municipality], answers, papers: comesWithoutPapers ? [] : papers, missing: comesWithoutPapers ? papers : [], staff: clerk.staff });
  keep(day, { person, receipt });
  // The clerk serves the next; the person comes back by themselves.
  comeBack(day, { person, receipt }).catch((error) => queueUp(day, { desk: person.desk, serve: () => Promise.reject(error) }));
}

function keep(day, { person, receipt }) {
  day.office.keepReceipt({ ...receipt, municipality: person.municipality });
  day.movedAt = Date.now();
  const { applicationId, filedAt, missingDocuments } = receipt;
  day.lives.set(applicationId, { municipality: person.municipality, filedBy: person.filedBy, filedAt: Date.parse(filedAt), cameWithoutPapers: missingDocuments.length > 0, person });
}

/** Who came without papers finds them later in the day: from the tracking page when a code can reach them, else at the desk. */
async function comeBack(day, { person, receipt }) {
  const kinds = receipt.missingDocuments.map(({ kind }) => kind);
  if (kinds.length === 0) return;
  await delay(person.papersLaterShare * day.lengthMs);
  const { client, readCode } = day.office;
  const { municipality, answers, filedBy } = person;
  const { trackingCode, applicationId } = receipt;
  const bringsThem = async (bringing) => {
    await bringing;
    day.movedAt = Date.now();
  };
  const channel = filedBy === 'citizen' ? await readChannel(client, { municipality, trackingCode }) : undefined;
  if (channel === undefined) return queueUp(day, { desk: person.desk, serve: ({ staff }) => bringsThem(bringPapersToTheDesk(client, { municipality, caseId: applicationId, kinds, staff })) });
  const to = channel === 'email' ? answers.email : answers.phone;
  return bringsThem(bringPapersOnTheWeb(client, { municipality, trackingCode, channel, kinds, readCode: () => readCode(to) }));
}

function queueUp({ counter }, { desk, serve }) {
  const line = counter.get(desk.name) ?? [];
  line.push(serve);
  counter.set(desk.name, line);
}

/** Whoever stands at the counter comes first, then one file of the list, and so on in turns. */
async function workAsClerk(day, clerk) {
  const list = openList(day, { ...clerk, stepId: 'deskReview' });
  while (!day.isOver) {
    const serve = day.counter.get(clerk.desk.name)?.shift();
    if (serve !== undefined) await serve(clerk);
    const task = await list.next();
    if (task !== undefined) await workOn(day, { clerk, task, body: () => ({ kind: 'reviewed', outcome: 'complete' }) });
    if (serve === undefined && task === undefined) await delay(IDLE_MS);
  }
}

async function workAsInspector(day, inspector) {
  const list = openList(day, { ...inspector, stepId: 'inspection' });
  while (!day.isOver) {
    const task = await list.next();
    if (task === undefined) await delay(IDLE_MS);
    else await workOn(day, { clerk: inspector, task, body: (life) => ({ kind: 'assessed', findings: life.person.inspection }) });
  }
}

async function workOn(day, { clerk, task, body }) {
  const life = day.lives.get(task.summary.caseId);
  // Its own receipt may still be on its way to the person who filed it.
  if (life === undefined) return void day.taken.delete(task.taskId);
  if (task.stepId === 'deskReview') life.onListAt ??= Date.parse(task.openedAt);
  const { municipality, staff } = clerk;
  let actedAt = 0;
  const onSend = () => {
    actedAt = Date.now();
  };
  const { status } = await workOnTask(day.office.client, { municipality, task, staff, body: body(life), onSend });
  day.movedAt = Date.now();
  if (status.holder.role !== 'decider') return;
  Object.assign(life, { lastActedAt: actedAt, readyAt: Date.now() });
  day.ready += 1;
}

/** The open tasks of a municipality, shared by colleagues so that no two take the same. */
function openList(day, { municipality, staff, stepId }) {
  let seen = [];
  return {
    next: async () => {
      if (seen.length === 0) {
        const tasks = await readQueue(day.office.client, { municipality, staff });
        seen = tasks.filter((task) => task.stepId === stepId && !day.taken.has(task.taskId)).slice(0, TASKS_AT_ONCE);
        for (const { taskId } of seen) day.taken.add(taskId);
      }
      return seen.shift();
    },
  };
}
