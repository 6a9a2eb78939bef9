import type { ReceiptView } from '#definitions/types/wire.js';
import type { Language } from '#forms/findings/tell.js';
import type { AskedPage } from '#forms/pages/pages.js';
import type { EngineClient } from '#widgets/client/engine-client.js';
import type { FileSender } from '#widgets/client/file-sender.js';
import type { WidgetElement } from '#widgets/elements/widget-element.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import type { Form } from '#widgets/fields/field.js';
import type { Application } from './application.js';
import type { Draft } from './draft.js';
import type { Place } from './places.js';
import type { ApplyTexts } from './texts/el.js';

type Spoken = Pick<WidgetElement<ApplyTexts>, 'texts' | 'language' | 'say' | 'tell' | 'tellReply' | 'read' | 'tellInstant' | 'renderHeading' | 'renderContact'>;

/** The application as its pages see it: what they show, and what a person can do on them. */
export interface Applying extends Spoken, Form {
  readonly client: EngineClient;
  readonly application: Application;
  readonly asked: AskedPage | undefined;
  readonly place: Place;
  readonly errors: Messages;
  readonly isSaving: boolean;
  /** Why the last save failed, as a sentence; "" when it did not. */
  readonly unsaved: string;
  readonly receipt: ReceiptView;
  readonly municipalityTitle: string;
  readonly uploads: FileSender;
  draft: Draft;
  notice: string;
  /** Ids of what a version that came meanwhile asks anew. */
  newQuestions: readonly string[];
  set(id: string, value: unknown): void;
  go(view: Place['view'], pageId?: string): void;
  /** On to a page; to check-your-answers when none is left. */
  goOn(pageId: string | undefined): void;
  back(): void;
  begin(): Promise<void>;
  start(): Promise<void>;
  startResuming(): Promise<void>;
  next(): Promise<void>;
  changeAnswer(pointer: string): Promise<void>;
  changeApplicant(): void;
  focusField(pointer: string): Promise<void>;
  saveForLater(): Promise<void>;
  submit(): Promise<void>;
  switchTo(language: Language): Promise<void>;
  /** The version in force now, or the one at this path, with everything that was typed; false, and told, when nobody answers. */
  open(path?: string): Promise<boolean>;
  showErrors(errors: Messages, first: string): Promise<void>;
}
