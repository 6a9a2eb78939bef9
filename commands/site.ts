import { UsageRefused } from './command.js';
import type { Command } from './command.js';
import { requireMunicipality, withOwnerStore } from './programmes/installation.js';
import { STATUS, languageOf, tellUsage, writeJsonLine, writeLine } from './programmes/print.js';
import { textOf } from './texts.js';

export const siteCommand: Command = {
  name: 'site',
  arguments: '[origins...]',
  options: [
    { flags: '--municipality <code>' },
    { flags: '--none' },
    { flags: '--data <folder>' },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: origins }) => {
    const { municipality, data, none } = options;
    if (typeof municipality !== 'string' || !/^\d{4}$/.test(municipality) || (none === true && origins.length > 0)) return tellUsage('usage.site', options);
    for (const origin of origins) if (!isOrigin(origin)) throw new UsageRefused('site.originWrong', { origin });
    const siteOrigins = await withOwnerStore({ data: typeof data === 'string' ? data : undefined, failed: 'site.failed' }, async (store) => {
      const before = await requireMunicipality(store, municipality);
      if (origins.length === 0 && none !== true) return before.siteOrigins;
      const { createProgrammeRegister } = await import('#engine/register/programmes.js');
      await createProgrammeRegister(store).setSiteOrigins({ municipality, siteOrigins: origins });
      return origins;
    });
    if (options['json'] === true) writeJsonLine({ municipality, siteOrigins });
    else writeLine(textOf(languageOf(options['language']), siteOrigins.length === 0 ? 'site.none' : 'site.list', { municipality, list: siteOrigins.join(', ') }));
    return STATUS.good;
  },
};

/** As a browser tells it: scheme, host and port, nothing after. Without TLS only on this machine. */
function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.origin !== text) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname));
}
