import { commonTypes } from './common-types.js';
import { fieldTypes, learnTypes } from './known-types.js';
import { strictTypes } from './outside.js';
import { rareTypes } from './rare-types.js';

const all: typeof fieldTypes = { ...commonTypes, ...rareTypes, ...strictTypes(commonTypes) };
learnTypes(all);

/** Every field type; a new one is a file and a line in one of the two lists. */
export { fieldTypes };
