import type { CitizenCase, TrackAnswer, TrackChallenge } from '#definitions/types/wire.js';
import type { Form } from '#widgets/fields/field.js';
import type { FileSender } from '#widgets/client/file-sender.js';
import type { WidgetElement } from '#widgets/elements/widget-element.js';
import type { TrackTexts } from './texts/el.js';

type Spoken = Pick<WidgetElement<TrackTexts>, 'texts' | 'language' | 'say' | 'tell' | 'read' | 'tellInstant' | 'renderHeading' | 'renderContact'>;

/** A case as its pages see it: what they show, and what its owner can do on them. */
export interface Watching extends Spoken, Form {
  readonly answer?: TrackAnswer;
  readonly case?: CitizenCase;
  readonly wrong: string;
  readonly notice: string;
  readonly isBusy: boolean;
  readonly isChallenged: boolean;
  isWithdrawing: boolean;
  readonly uploads: FileSender;
  /** Files that arrived and are not yet handed in, by kind of paper. */
  readonly arrived: Readonly<Record<string, readonly string[]>>;
  look(code: string): Promise<void>;
  challenge(channel: TrackChallenge['channel']): Promise<void>;
  open(typed: string): Promise<void>;
  hand(documentKind: string): Promise<void>;
  withdraw(): Promise<void>;
  restart(): void;
}
