import type { CallDefinition } from '../call-registry.js';

/** Always breaks, and nobody knows what it did before: for seeing an incident and settling it. */
export const demoFailing: CallDefinition = {
  name: 'demo-failing',
  title: { el: 'Κλήση που αποτυγχάνει (επίδειξη)', en: 'A call that fails (demo)' },
  inputSchema: { type: 'object' },
  outputSchema: { type: 'object' },
  isRepeatable: false,
  run: () => Promise.reject(new Error('the demo call fails')),
};
