import type { RolePasswords } from '#engine/store/roles.js';
import type { Command } from './command.js';
import { CommandRefused } from './command.js';

export const migrateCommand: Command = {
  name: 'migrate',
  describe: 'Bring the database of DATABASE_URL (its owner) up to date; DIKTYO_API_PASSWORD, DIKTYO_WORKER_PASSWORD, DIKTYO_RELAY_PASSWORD and DIKTYO_AUDIT_PASSWORD set the passwords of the roles',
  options: [{ flags: '--json', describe: 'tell the result as JSON' }],
  run: async ({ options }) => {
    const databaseUrl = process.env['DATABASE_URL'];
    if (databaseUrl === undefined || databaseUrl === '') throw new CommandRefused('migrate.databaseMissing');
    const { migrate } = await import('#engine/store/migrate.js');
    const order = { databaseUrl, rolePasswords: passwordsGiven(), log: (line: string) => void process.stderr.write(`${line}\n`) };
    const { applied } = await migrate(order).catch((error: unknown) => {
      throw new CommandRefused('migrate.failed', { reason: error instanceof Error ? error.message : String(error) });
    });
    process.stdout.write(options['json'] === true ? `${JSON.stringify({ applied })}\n` : `${applied.length} migrations applied\n`);
    return 0;
  },
};

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
