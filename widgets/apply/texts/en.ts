import { en as form } from '#forms/findings/texts/asked/en.js';
import { say } from '#widgets/texts/say/en.js';
import type { OwnTexts } from '#widgets/texts/texts.js';
import type { ApplyTexts } from './el.js';

const own: ApplyTexts = {
  municipality: 'Municipality of {name}',
  start: 'Start the application',
  resume: 'I have a resume code',
  applicant: 'Whom are you applying for?',
  self: 'Myself',
  relative: 'A relative of mine, who has authorised me',
  relativeHint: 'Wherever we say “you”, answer for your relative.',
  before: 'Before you start',
  papers: 'Papers you may need',
  papersLater: 'You can apply without them and bring them later.',
  opensOn: 'Applications open on {date}.',
  closedOn: 'Applications closed on {date}.',
  openUntil: 'Applications until {date} inclusive.',
  step: 'Step {number} of {count}',
  why: 'Why we ask for this',
  saveLater: 'Save for later',
  savedFailed: 'Not saved yet. Do not close the page: what you wrote stays here.',
  saving: 'Saving…',
  check: 'Check your answers',
  notAnswered: 'Not answered',
  submit: 'Submit the application',
  sending: 'Submitting…',
  checking: 'The connection was cut. We are checking whether the application arrived. Do not close the page: it will not be submitted twice.',
  unknown: 'We do not know yet whether the application arrived. Try again: it will not be submitted twice.',
  uploadsBusy: 'Some files are still being uploaded. Wait and try again.',
  done: 'Your application has been received',
  protocol: 'Protocol number',
  tracking: 'Tracking code',
  trackingHint: 'Keep it: it shows where your application stands.',
  filedAt: 'Submitted',
  next: 'What happens now',
  missing: 'Papers still missing',
  missingHint: 'Send them with the tracking code, or bring them to the municipality.',
  saveReceipt: 'Save the receipt',
};

export const texts: OwnTexts<ApplyTexts> = { say, own, form: { findings: form.sentences, words: form.words } };
