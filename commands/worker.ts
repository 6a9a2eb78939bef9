import type { Command } from './command.js';
import { runPart } from './parts/run-part.js';

export const workerCommand: Command = {
  name: 'worker',
  options: [],
  run: () =>
    runPart('worker', async (settings) => {
      const { startWorker } = await import('#workflows/worker/main.js');
      return startWorker(settings);
    }),
};
