import type { Role } from '#definitions/types/programme.js';
import { CommandRefused } from './command.js';
import type { Command, Given } from './command.js';
import { requireMunicipality, withOwnerStore } from './programmes/installation.js';
import { STATUS, languageOf, tellUsage, writeJsonLine, writeLine } from './programmes/print.js';
import { textOf } from './texts.js';

const ROLES: readonly Role[] = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'];

export const grantCommand: Command = {
  name: 'grant',
  describe: 'Give a member of staff a role in one municipality, or take it back: DATABASE_URL of the owner, or --data of a local start',
  options: [
    { flags: '--municipality <code>', describe: "the Ministry of the Interior's code" },
    { flags: '--role <role>', describe: ROLES.join(', ') },
    { flags: '--subject <text>', describe: 'who it is to the identity provider: the “sub” of its tokens' },
    { flags: '--name <text>', describe: 'the name that the desk shows' },
    { flags: '--issuer <url>', describe: 'the identity provider (default: DIKTYO_LOGIN_ISSUER)' },
    { flags: '--revoke', describe: 'take the role back; it ends with the next request' },
    { flags: '--data <folder>', describe: 'the data folder of a local start, whose secrets are read' },
    { flags: '--by <name>', describe: 'who says so, for the audit record', fallback: 'diktyo grant' },
    { flags: '--json', describe: 'tell the result as JSON' },
    { flags: '--language <code>', describe: 'el or en' },
  ],
  run: async ({ options }) => {
    const wanted = readWanted(options);
    if (wanted === null) return tellUsage('usage.grant', options);
    await withOwnerStore({ data: textOption(options['data']), failed: 'grant.failed' }, async (store) => {
      await requireMunicipality(store, wanted.municipality);
      const { createAccess } = await import('#engine/access/sessions.js');
      const access = createAccess(store);
      await (wanted.isRevoked ? access.revoke(wanted) : access.grant(wanted));
    });
    const { municipality, role, subject, issuer, isRevoked } = wanted;
    if (options['json'] === true) writeJsonLine({ municipality, role, subject, issuer, granted: !isRevoked });
    else writeLine(textOf(languageOf(options['language']), isRevoked ? 'grant.revoked' : 'grant.done', { role, municipality, subject }));
    return STATUS.good;
  },
};

interface Wanted {
  readonly municipality: string;
  readonly role: Role;
  readonly subject: string;
  readonly name: string;
  readonly issuer: string;
  readonly by: string;
  readonly isRevoked: boolean;
}

function readWanted(options: Given['options']): Wanted | null {
  const [municipality, subject, by] = [options['municipality'], options['subject'], options['by']].map((value) => textOption(value) ?? '');
  const role = ROLES.find((known) => known === options['role']);
  const isRevoked = options['revoke'] === true;
  const name = textOption(options['name']) ?? '';
  const issuer = textOption(options['issuer']) ?? process.env['DIKTYO_LOGIN_ISSUER'] ?? '';
  if (issuer === '') throw new CommandRefused('grant.issuerMissing');
  if (municipality === undefined || !/^\d{4}$/.test(municipality) || role === undefined || !subject || !by) return null;
  return name === '' && !isRevoked ? null : { municipality, role, subject, name, issuer, by, isRevoked };
}

function textOption(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}
