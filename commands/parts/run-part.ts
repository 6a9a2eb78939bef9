import type { Running, Settings } from '#engine/contract/settings.js';
import { settingRefusalText } from '#engine/settings/refusal-text.js';
import { readSettings } from '#engine/settings/settings.js';
import type { Part } from '#engine/settings/settings.js';
import { STATUS } from '../command.js';
import { terminalLanguage } from '../texts.js';

const CLOSE_TIMEOUT_MS = 4_500;

/** Reads the settings, runs one part until it is told to end. Exit status 2: the settings are refused. */
export async function runPart(part: Part, start: (settings: Settings) => Promise<Running>): Promise<number> {
  const read = readSettings(process.env, part);
  if (!read.ok) {
    for (const refusal of read.refusals) process.stderr.write(`${settingRefusalText(refusal, terminalLanguage())}\n`);
    return STATUS.usage;
  }
  return runUntilTold(() => start(read.settings));
}

/**
 * Ends on SIGINT and SIGTERM, and when the process that started it is gone: it holds the other end of a channel, which
 * closes whatever way it went.
 */
export async function runUntilTold(start: () => Promise<Running>): Promise<number> {
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.on('disconnect', () => resolve());
    process.on('message', (message: { readonly kind?: string }) => {
      if (message.kind === 'stop') resolve();
    });
  });
  // Writing to a parent that is gone must not end this process before it has closed in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const running = await startOrLetGo(start);
  process.send?.({ kind: 'ready', ...(running.url === undefined ? {} : { url: running.url }) });
  await told;
  const late = setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS);
  await running.close();
  clearTimeout(late);
  // Nothing is left to do; a forgotten handle must not keep the process.
  process.exit(0);
}

/** Who cannot start ends: the channel to its parent alone would keep it, neither ready nor gone, and nobody would start it again. */
async function startOrLetGo(start: () => Promise<Running>): Promise<Running> {
  try {
    return await start();
  } catch (error) {
    process.channel?.unref();
    // Nor may another forgotten handle keep it.
    setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
    throw error;
  }
}
