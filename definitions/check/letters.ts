import type { Message, Programme, Question } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** Does each message reach those whom it is for, whole? The engine sends it by the first channel for which it has an address. */
export function findPoorMessages(programme: Programme): readonly Draft[] {
  const addresses = addressesOf(programme);
  return programme.messages.flatMap((message, position) => messageDrafts(message, { pointer: `/messages/${position}`, addresses }));
}

interface Address {
  readonly channel: Message['channels'][number];
  /** Everybody gives it. */
  readonly isCertain: boolean;
}

function addressesOf({ form }: Programme): readonly Address[] {
  const asked = form.pages.flatMap((page) => page.questions.map((question) => ({ question, isAlways: page.visible === undefined && question.visible === undefined })));
  const address = (role: Question['role'], channel: Address['channel']): readonly Address[] => {
    const found = asked.find(({ question }) => question.role === role);
    return found === undefined ? [] : [{ channel, isCertain: found.isAlways && found.question.optional !== true }];
  };
  return [...address('applicantEmail', 'email'), ...address('applicantPhone', 'sms')];
}

function messageDrafts({ id, channels, sms }: Message, { pointer, addresses }: { pointer: string; addresses: readonly Address[] }): readonly Draft[] {
  const drafts: Draft[] = [];
  const name = { name: id };
  if (channels.includes('sms') && sms === undefined) drafts.push({ code: 'messageShortMissing', pointer, params: name });
  if (!channels.includes('sms') && sms !== undefined) drafts.push({ code: 'messageShortStray', pointer: below(pointer, 'sms'), params: name });
  if (channels[0] === 'sms' && channels.includes('email')) drafts.push({ code: 'messageShortFirst', pointer: below(pointer, 'channels'), params: name });
  const isReached = addresses.some(({ channel, isCertain }) => isCertain && channels.includes(channel));
  const left = isReached ? undefined : addresses.find(({ channel }) => !channels.includes(channel));
  if (left !== undefined) drafts.push({ code: 'messageUnreached', pointer: below(pointer, 'channels'), params: { ...name, channel: left.channel } });
  const lost = addresses.length === 0 ? undefined : channels.find((channel) => !addresses.some((address) => address.channel === channel));
  if (lost !== undefined) drafts.push({ code: 'messageUnaddressed', pointer: below(pointer, 'channels'), params: { ...name, channel: lost } });
  return drafts;
}
