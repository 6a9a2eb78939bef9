import type { Command } from './command.js';
import { runPart } from './parts/run-part.js';

export const relayCommand: Command = {
  name: 'relay',
  options: [],
  run: () =>
    runPart('relay', async (settings) => {
      const { startRelay } = await import('#engine/relay/main.js');
      return startRelay(settings);
    }),
};
