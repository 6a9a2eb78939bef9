import { css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { GivenAnswers, Stage } from '#forms/answers/answers.js';
import { checkAnswers, checkQuestions, normaliseAnswers } from '#forms/answers/answers.js';
import type { Finding } from '#forms/findings/finding.js';
import { tellFinding } from '#forms/findings/tell.js';
import { unaskedIn } from '#forms/pages/prepared.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import { loadFields } from '#widgets/fields/field-loading.js';
import { TEXTS } from '../case-reading.js';
import { DeskElement } from '../desk-element.js';
import { athensDay } from '../desk-formats.js';
import { controls } from '../styles/controls.js';
import './question-fields.js';
import type { QuestionFields } from './question-fields.js';

/**
 * The questions of one page or one inspection, in the same fields that the citizen sees. `typed` holds what is typed;
 * `change` tells that it changed. `check()` shows what is wrong and says whether it can go on.
 */
@customElement('question-group')
export class QuestionGroup extends DeskElement {
  static override styles = [
    controls,
    css`
      :host {
        --dk-primary: var(--desk-primary); --dk-text: var(--desk-ink); --dk-error: var(--desk-danger);
        --dk-border: var(--desk-edge); --dk-focus: #ffb81c;
      }
    `,
  ];

  @property({ attribute: false }) programme!: Programme;
  @property({ attribute: false }) questions: readonly Question[] = [];
  @property({ attribute: false }) typed: Record<string, unknown> = {};
  @property({ attribute: false }) stage: Stage = 'desk';
  /** Paths that these answers leave unasked, where the programme itself cannot tell. */
  @property({ attribute: false }) unasked: ((answers: GivenAnswers) => ReadonlySet<string>) | null = null;
  @state() private ready = false;
  @state() private messages: Messages = {};
  @query('question-fields') private fields!: QuestionFields | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('questions') && !changed.has('programme')) return;
    this.ready = false;
    this.messages = {};
    void loadFields(this.questions).then(() => (this.ready = true));
  }

  /** The answers as they are kept: normalised, without what is not asked of. */
  get answers(): GivenAnswers {
    const questions = this.programme.form.pages.flatMap((page) => page.questions);
    const kept = normaliseAnswers(questions, this.typed);
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  }

  private unaskedNow(): ReadonlySet<string> {
    const { answers } = this;
    return this.unasked ? this.unasked(answers) : unaskedIn(this.programme, answers, athensDay(new Date()));
  }

  /** True when nothing is wrong with these questions; else the first mistake has the focus. */
  async check(): Promise<boolean> {
    const hidden = this.unaskedNow();
    this.messages = this.findMessages(this.questions.filter(({ id }) => !hidden.has(id)));
    if (Object.keys(this.messages).length === 0) return true;
    await this.updateComplete;
    await this.fields?.focusErrors();
    return false;
  }

  /** What was complained of goes as soon as it is mended; nothing new is complained of while somebody types. */
  private dropMended(): void {
    if (Object.keys(this.messages).length === 0) return;
    const still = this.findMessages(this.questions);
    this.messages = Object.fromEntries(Object.entries(this.messages).filter(([pointer]) => still[pointer] !== undefined));
  }

  private findMessages(questions: readonly Question[]): Messages {
    return this.tell(checkQuestions(this.programme, this.answers, { questions, today: athensDay(new Date()), stage: this.stage }));
  }

  private checkAll(): Messages {
    return this.tell(checkAnswers(this.programme, this.answers, { today: athensDay(new Date()), stage: this.stage }));
  }

  /** The first message of each place. */
  private tell(findings: readonly Finding[]): Messages {
    const first: Record<string, string> = {};
    for (const finding of findings) first[finding.pointer] ??= tellFinding(finding, TEXTS[this.desk.language].form);
    return first;
  }

  override render(): TemplateResult {
    if (!this.ready) return html`<p role="status">${this.say('loading')}</p>`;
    const hidden = this.unaskedNow();
    return html`<question-fields
      .heading=${this.say('errorSummary')}
      .texts=${TEXTS[this.desk.language]}
      .questions=${this.questions.filter(({ type }) => type !== 'file')}
      .typed=${this.typed}
      .errors=${this.messages}
      .isAsked=${(path: string) => !hidden.has(path)}
      .check=${() => this.checkAll()}
      .set=${(id: string, value: unknown) => this.set(id, value)}
    ></question-fields>`;
  }

  private set(id: string, value: unknown): void {
    this.typed[id] = value;
    this.dropMended();
    this.requestUpdate();
    this.dispatchEvent(new Event('change'));
  }
}

