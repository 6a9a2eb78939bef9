import type { EL } from './el.js';

export const EN: { readonly [key in keyof typeof EL]: string } = {
  true: 'The condition holds.',
  missing: 'Not everything that is needed has been answered.',
  refused: 'You preferred not to answer something that is needed.',
  awaitingDocument: 'We are waiting for a paper.',
  awaitingRegistry: 'We are waiting for a register to answer.',
  fault: 'The condition could not be examined. It is not your fault; a person will look at it.',
  notApplicable: 'The condition does not concern you.',
  totalCap: 'Most points in total',
  tooHigh: '{value} is {by} above what is allowed (limit {limit}).',
  tooLow: '{value} is {by} below what is needed (limit {limit}).',
  yes: 'yes',
  no: 'no',
  none: '…',
};
