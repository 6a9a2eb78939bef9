import type { Running } from '#engine/contract/settings.js';
import type { Command } from './command.js';
import { runUntilTold } from './parts/run-part.js';

/** What only a development installation has: an identity provider with demo accounts, and a municipality's web page. */
export const demoServicesCommand: Command = {
  name: 'demo-services',
  options: [],
  hidden: true,
  run: () => runUntilTold(startServices),
};

async function startServices(): Promise<Running> {
  const engineUrl = process.env['DIKTYO_PUBLIC_URL'] ?? '';
  const clientSecret = process.env['DIKTYO_LOGIN_CLIENT_SECRET'];
  const mode = process.env['DIKTYO_MODE'] === 'production' ? 'production' : 'development';
  const [{ startDevelopmentProvider }, { startDemoSite }] = await Promise.all([import('#engine/connect/login/development-provider.js'), import('./demo/site.js')]);
  const [provider, site] = await Promise.all([
    startDevelopmentProvider({ port: portOf('DIKTYO_IDENTITY_PORT'), engineUrl, mode, ...(clientSecret === undefined ? {} : { clientSecret }) }),
    startDemoSite({ port: portOf('DIKTYO_SITE_PORT'), engineUrl }),
  ]);
  return {
    close: async () => {
      await Promise.all([provider.close(), site.close()]);
    },
  };
}

function portOf(variable: string): number {
  return Number(process.env[variable]);
}
