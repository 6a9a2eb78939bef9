import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { GivenAnswers, Stage } from '#forms/answers/answers.js';
import { checkAnswers, checkQuestions, documentOf, normaliseAnswers } from '#forms/answers/answers.js';
import { fieldTypes } from '#forms/fields/field-types.js';
import { tellFinding } from '#forms/findings/tell.js';
import { unaskedIn } from '#forms/pages/prepared.js';
import '#widgets/elements/error-summary.js';
import type { ErrorSummary } from '#widgets/elements/error-summary.js';
import type { Surroundings } from '#widgets/fields/field-element.js';
import { loadFields } from '#widgets/fields/field-elements.js';
import type { Messages } from '#widgets/fields/field-nodes.js';
import { FieldNodes, messagesUnder } from '#widgets/fields/field-nodes.js';
import { TEXTS } from '../case-reading.js';
import { DeskElement } from '../desk-element.js';
import { athensDay } from '../desk-formats.js';
import { controls } from '../styles/controls.js';

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
      .fields { display: grid; }
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
  @query('dk-error-summary') private summary!: ErrorSummary | null;
  private nodes = new FieldNodes();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('questions') && !changed.has('programme')) return;
    this.ready = false;
    this.messages = {};
    this.nodes = new FieldNodes();
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
    await this.summary?.focusBox();
    return false;
  }

  /** What was complained of goes as soon as it is mended; nothing new is complained of while somebody types. */
  private dropMended(): void {
    if (Object.keys(this.messages).length === 0) return;
    const still = this.findMessages(this.questions);
    this.messages = Object.fromEntries(Object.entries(this.messages).filter(([pointer]) => still[pointer] !== undefined));
  }

  private findMessages(questions: readonly Question[]): Messages {
    const findings = checkQuestions(this.programme, this.answers, { questions, today: athensDay(new Date()), stage: this.stage });
    return toldByPointer(findings.map((finding) => [finding.pointer, tellFinding(finding, TEXTS[this.desk.language].form)]));
  }

  private get surroundings(): Surroundings {
    const today = athensDay(new Date());
    return {
      texts: TEXTS[this.desk.language],
      hidden: this.unaskedNow(),
      documentOf: (question) => documentOf(this.programme, question),
      check: (pointer) => {
        const findings = checkAnswers(this.programme, this.answers, { today, stage: this.stage });
        return messagesUnder(toldByPointer(findings.map((finding) => [finding.pointer, tellFinding(finding, TEXTS[this.desk.language].form)])), pointer);
      },
    };
  }

  override render(): TemplateResult {
    if (!this.ready) return html`<p role="status">${this.say('loading')}</p>`;
    const { surroundings } = this;
    const asked = this.questions.filter((question) => !surroundings.hidden.has(question.id));
    const lines = Object.entries(this.messages).map(([pointer, message]) => ({ pointer, message }));
    return html`
      <dk-error-summary .heading=${this.say('errorSummary')} .lines=${lines} @dk-choose=${(event: CustomEvent<string>) => void this.nodes.focus(event.detail)}></dk-error-summary>
      <div class="fields">
        ${asked.map((question) => (question.type === 'file' ? nothing : this.renderQuestion(question, surroundings)))}
      </div>`;
  }

  private renderQuestion(question: Question, surroundings: Surroundings): Element {
    return this.nodes.place(`/${question.id}`, {
      question,
      value: this.typed[question.id] ?? fieldTypes[question.type].empty(question),
      errors: this.messages,
      surroundings,
      change: (value) => {
        this.typed[question.id] = value;
        this.dropMended();
        this.requestUpdate();
        this.dispatchEvent(new Event('change'));
      },
    });
  }
}

/** The first message of each place. */
function toldByPointer(messages: readonly (readonly [string, string])[]): Messages {
  const first = new Map<string, string>();
  for (const [pointer, message] of messages) if (!first.has(pointer)) first.set(pointer, message);
  return Object.fromEntries(first);
}
