import type { Role } from '#definitions/types/programme.js';
import { UsageRefused } from './command.js';
import type { Command, Given } from './command.js';
import { requireMunicipality, withOwnerStore } from './programmes/installation.js';
import { STATUS, languageOf, tellUsage, writeJsonLine, writeLine } from './programmes/print.js';
import { textOf } from './texts.js';

const ROLES: readonly Role[] = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'];

export const grantCommand: Command = {
  name: 'grant',
  options: [
    { flags: '--municipality <code>' },
    { flags: '--role <role>' },
    { flags: '--subject <text>' },
    { flags: '--name <text>' },
    { flags: '--issuer <url>' },
    { flags: '--revoke' },
    { flags: '--data <folder>' },
    { flags: '--by <name>', fallback: 'diktyo grant' },
    { flags: '--json' },
    { flags: '--language <code>' },
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
  if (issuer === '') throw new UsageRefused('grant.issuerMissing');
  if (municipality === undefined || !/^\d{4}$/.test(municipality) || role === undefined || !subject || !by) return null;
  return name === '' && !isRevoked ? null : { municipality, role, subject, name, issuer, by, isRevoked };
}

function textOption(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}
