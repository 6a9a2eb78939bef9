// Stands between this program and a server that knows nothing of it (PostgreSQL, Temporal): when the parent is gone,
// even by kill -9, the server is told to end, and killed if it does not. Plain JavaScript: it runs without a build.
// Its one argument is JSON: { command, args, cwd, env, uid, gid, stopSignal, graceMs }.
import { spawn } from 'node:child_process';

const order = JSON.parse(process.argv[2] ?? '{}');
const GROUP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const server = spawn(order.command, order.args ?? [], {
  cwd: order.cwd,
  env: { ...process.env, ...order.env },
  stdio: ['ignore', 'pipe', 'pipe'],
  ...(order.uid === undefined ? {} : { uid: order.uid, gid: order.gid }),
});

let stopping = false;

function tell(message) {
  if (process.connected) process.send(message, () => {});
}

function stop() {
  if (stopping) return;
  stopping = true;
  server.kill(order.stopSignal ?? 'SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), order.graceMs ?? 8_000).unref();
}

server.on('spawn', () => tell({ kind: 'spawned', pid: server.pid }));
server.on('error', (error) => {
  tell({ kind: 'failed', message: error.message, code: error.code });
  setTimeout(() => process.exit(127), 50);
});
server.on('close', (code, signal) => {
  tell({ kind: 'ended', code, signal });
  setTimeout(() => process.exit(code ?? 1), 20);
});
process.on('message', (message) => {
  if (message?.kind === 'stop') stop();
  if (message?.kind === 'kill') server.kill('SIGKILL');
});
process.on('disconnect', stop);
for (const signal of GROUP_SIGNALS) process.on(signal, stop);

// Written to a pipe nobody reads any more, output is lost; that must not end the server before it is told to.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
server.stdout.on('data', (chunk) => process.stdout.write(chunk));
server.stderr.on('data', (chunk) => process.stderr.write(chunk));
