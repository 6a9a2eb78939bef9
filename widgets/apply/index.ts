// First what many have in common: it packs better so.
import '#forms/fields/common-types.js';
import './apply.js';
