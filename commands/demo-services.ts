import type { Running } from '#engine/contract/settings.js';
import type { Command } from './command.js';
import { runUntilTold } from './parts/run-part.js';

/** What only a development installation has: an identity provider with demo accounts, and a municipality's web page. */
export const demoServicesCommand: Command = {
  name: 'demo-services',
  describe: 'The development identity provider and the demo municipal page',
  options: [{ flags: '--site', describe: 'the municipal page too' }],
  hidden: true,
  run: ({ options }) => runUntilTold(() => startServices({ withSite: options['site'] === true })),
};

async function startServices({ withSite }: { readonly withSite: boolean }): Promise<Running> {
  const engineUrl = process.env['DIKTYO_PUBLIC_URL'] ?? '';
  const publicUrl = process.env['DIKTYO_LOGIN_ISSUER'] ?? '';
  const { startDevelopmentProvider } = await import('#engine/connect/login/development-provider.js');
  const provider = await startDevelopmentProvider({ port: portOf('DIKTYO_IDENTITY_PORT'), publicUrl, engineUrl });
  if (!withSite) return provider;
  const { startDemoSite } = await import('#commands/demo/site.js');
  const site = await startDemoSite({ port: portOf('DIKTYO_SITE_PORT'), engineUrl });
  return {
    close: async () => {
      await Promise.all([provider.close(), site.close()]);
    },
  };
}

function portOf(variable: string): number {
  return Number(process.env[variable]);
}
