import type { ReceiptView } from '#definitions/types/wire.js';
import type { Language } from '#forms/findings/tell.js';
import type { AskedPage } from '#forms/pages/pages.js';
import type { FileSender } from '#widgets/client/file-sender.js';
import type { WidgetElement } from '#widgets/elements/widget-element.js';
import type { Surroundings } from '#widgets/fields/field-element.js';
import type { FieldNodes, Messages } from '#widgets/fields/field-nodes.js';
import type { Application } from './application.js';
import type { Draft, SaveOutcome } from './draft.js';
import type { OpenedProgramme } from './opened-programme.js';
import type { Place } from './places.js';
import type { ApplyTexts } from './texts/el.js';

type Spoken = Pick<WidgetElement<ApplyTexts>, 'texts' | 'language' | 'say' | 'tell' | 'read' | 'readWire' | 'tellInstant' | 'renderHeading' | 'renderContact'>;

/** The application as its pages see it: what they show, and what a person can do on them. */
export interface Applying extends Spoken {
  readonly opened?: OpenedProgramme;
  readonly application?: Application;
  readonly asked: AskedPage | undefined;
  readonly errors: Messages;
  readonly saving: SaveOutcome | 'saving' | 'none';
  readonly receipt?: ReceiptView;
  readonly newQuestions: readonly string[];
  readonly municipalityTitle: string;
  readonly draft: Draft;
  readonly uploads: FileSender;
  readonly nodes: FieldNodes;
  readonly surroundings: Surroundings;
  notice: string;
  isByRelative: boolean;
  set(id: string, value: unknown): void;
  go(place: Place): void;
  back(): void;
  start(): Promise<void>;
  startResuming(): Promise<void>;
  next(): Promise<void>;
  changeAnswer(pointer: string): Promise<void>;
  changeApplicant(): void;
  focusField(pointer: string): Promise<void>;
  saveForLater(): Promise<void>;
  /** @returns why not, as a sentence; "" when it goes on */
  resume(code: string): Promise<string>;
  submit(): Promise<void>;
  switchTo(language: Language): Promise<void>;
}
