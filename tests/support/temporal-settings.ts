/** Timers of the dev server fire up to a second late by design; tests wait for conditions and should not pay for that. */
export const TEMPORAL_TEST_SETTINGS = {
  dynamicConfig: { 'history.timerProcessorMaxTimeShift': '"50ms"' },
} as const;
