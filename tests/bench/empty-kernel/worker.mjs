import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import postgres from 'postgres';
import { SHORT_STACKS } from '../../../bin/build.mjs';

Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN') });
const sql = postgres(process.env.DATABASE_URL, { max: 10, onnotice: () => undefined });
await sql.unsafe('create schema if not exists floor; create table if not exists floor.decision (case_id text, event_id text, primary key (case_id, event_id))');

const far = () => new Date(Date.now() + 10 * 24 * 3_600_000).toISOString();
/** What the two-review programme answers: a deadline set, moved, and taken away. */
const COMMANDS = {
  filed: () => [{ kind: 'timerSet', timerId: 'first', at: far() }],
  first: () => [{ kind: 'timerCancel', timerId: 'first' }, { kind: 'timerSet', timerId: 'second', at: far() }],
  second: () => [{ kind: 'timerCancel', timerId: 'second' }, { kind: 'end' }],
};

const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('workflow.mjs', import.meta.url)), logger: new DefaultLogger('WARN') });
// As the product's kernel is bundled: what a stack costs is no difference between the two.
const workflowBundle = { code: SHORT_STACKS + code };
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
const worker = await Worker.create({
  connection,
  taskQueue: 'empty-kernel',
  workflowBundle,
  maxCachedWorkflows: 800,
  stickyQueueScheduleToStartTimeout: '2s',
  reuseV8Context: true,
  activities: {
    async decide({ caseId, id }) {
      await sql`insert into floor.decision (case_id, event_id) values (${caseId}, ${id}) on conflict do nothing`;
      return { reply: { accepted: true, version: 1 }, commands: COMMANDS[id.split('-')[0]]() };
    },
  },
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdout.write('ready\n');
await worker.run();
