#!/usr/bin/env node
// The command: brings dist/ up to date, then hands over to commands/main.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MIN = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
  process.stderr.write(
    `Χρειάζεται Node ${NODE_MIN.join('.')} ή νεότερο· εδώ τρέχει το ${process.versions.node}.\n` +
      `Node ${NODE_MIN.join('.')} or newer is needed; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isInstalled = existsSync(join(root, 'commands/main.ts'));
if (isInstalled && process.env.DIKTYO_SKIP_BUILD !== '1') {
  const { build } = await import('./build.mjs');
  const json = process.argv.includes('--json');
  await build({ root, log: (line) => process.stderr.write(json ? `${JSON.stringify({ time: new Date().toISOString(), level: 'info', part: 'build', message: line })}\n` : `${line}\n`) });
}
const { main } = await import('../dist/commands/main.js');
await main(process.argv);
