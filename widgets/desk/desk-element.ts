import { LitElement } from 'lit';
import type { CSSResultGroup } from 'lit';
import { deskText, readText } from './desk-language.js';
import type { TextParams, TwoTongued } from './desk-language.js';
import { DeskStateController, deskState } from './desk-state.js';
import { controls } from './styles/controls.js';
import type { DeskTextKey } from './texts/el.js';

/** What every element of the desk is: follows the shared state, speaks the reader's language, wears the same clothes. */
export abstract class DeskElement extends LitElement {
  static override styles: CSSResultGroup = [controls];

  protected readonly desk = deskState;

  constructor() {
    super();
    new DeskStateController(this);
  }

  protected say(key: DeskTextKey, params: TextParams = {}): string {
    return deskText(this.desk.language, key, params);
  }

  protected read(text: TwoTongued | undefined): string {
    return readText(this.desk.language, text);
  }
}
