import type { RolePasswords } from '#engine/store/roles.js';
import type { Command } from './command.js';
import { CommandRefused, STATUS, UsageRefused } from './command.js';
import { terminalLanguage, textOf } from './texts.js';
import { databaseTrouble, refusalOf, requireAddress } from './trouble.js';

export const migrateCommand: Command = {
  name: 'migrate',
  options: [{ flags: '--json' }],
  run: async ({ options }) => {
    const databaseUrl = process.env['DATABASE_URL'];
    if (databaseUrl === undefined || databaseUrl === '') throw new UsageRefused('migrate.databaseMissing');
    requireAddress({ databaseUrl, setting: 'DATABASE_URL' });
    const { migrate } = await import('#engine/store/migrate.js');
    const order = { databaseUrl, rolePasswords: passwordsGiven(), log: (line: string) => void process.stderr.write(`${line}\n`) };
    const { applied } = await migrate(order).catch((error: unknown) => {
      throw refusalOf(error) ?? notMigrated(error, databaseUrl);
    });
    process.stdout.write(options['json'] === true ? `${JSON.stringify({ applied })}\n` : `${textOf(terminalLanguage(), 'migrate.done', { count: applied.length })}\n`);
    return STATUS.good;
  },
};

/** What the driver threw: a server that does not answer or lets nobody in, or a reason of its own. */
function notMigrated(error: unknown, databaseUrl: string): CommandRefused {
  const { key, params } = databaseTrouble(error, { databaseUrl, setting: 'DATABASE_URL' });
  if (key !== 'database.other') return new CommandRefused(key, params);
  return new CommandRefused('migrate.failed', { reason: error instanceof Error ? error.message : String(error) });
}

/** A role whose password is not given keeps what it has. */
function passwordsGiven(): RolePasswords {
  const given = { diktyo_api: 'DIKTYO_API_PASSWORD', diktyo_worker: 'DIKTYO_WORKER_PASSWORD', diktyo_relay: 'DIKTYO_RELAY_PASSWORD', diktyo_audit: 'DIKTYO_AUDIT_PASSWORD' };
  return Object.fromEntries(
    Object.entries(given).flatMap(([role, variable]) => {
      const password = process.env[variable];
      return password === undefined || password === '' ? [] : [[role, password]];
    }),
  );
}
