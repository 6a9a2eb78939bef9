import type { Command } from './command.js';
import { runPart } from './parts/run-part.js';

export const apiCommand: Command = {
  name: 'api',
  options: [],
  run: () =>
    runPart('api', async (settings) => {
      const { startApi } = await import('#engine/api/main.js');
      return startApi(settings);
    }),
};
