import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The sources themselves, wherever package.json's imports would lead: dist/ is for plain Node.
  resolve: {
    conditions: ['source'],
    alias: [{ find: /^#(definitions|forms|engine|workflows|widgets|commands|tests)\/(.*)\.js$/, replacement: `${import.meta.dirname}/$1/$2.ts` }],
  },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  oxc: { decorator: { legacy: true } },
  test: {
    // `*.long.ts` are tests of `npm run test:long` alone.
    include: process.env['DIKTYO_LONG'] === undefined ? ['tests/**/*.test.ts'] : ['tests/**/*.test.ts', 'tests/**/*.long.ts'],
    globalSetup: ['tests/support/servers.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
