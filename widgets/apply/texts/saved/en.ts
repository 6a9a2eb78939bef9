import type { SavedTexts } from './el.js';

/** What only those read who put their application aside and come back to it, or whose application was refused. */
export const saved: SavedTexts = {
  saved: 'Your application is saved',
  savedHow: 'Write down the code or print this page. With it you can go on from any phone or computer, until {date}.',
  savedWarning: 'Whoever has the code can see what you wrote. The application has not been submitted yet.',
  copy: 'Copy the code',
  copied: 'The code is copied.',
  goOn: 'Go on with the application',
  resumeTitle: 'Go on with a saved application',
  resumeCode: 'Resume code',
  resumeHint: 'Small or capital letters, spaces and hyphens do not matter.',
  resumeMissing: 'Enter the resume code.',
  stale: 'The programme changed while you were filling in the application. Check your answers again.',
  alreadyFiled: 'This application has already been submitted. If you do not have the tracking code, phone the municipality.',
  changed: 'The programme has changed',
  changedHow: 'What you wrote is kept. The municipality now asks for this too. Answer it before you submit.',
};
