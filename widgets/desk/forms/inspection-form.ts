import { html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { AssessStep, Programme } from '#definitions/types/programme.js';
import type { StaffAction } from '#definitions/types/wire.js';
import type { GivenAnswers } from '#forms/answers/answers.js';
import { findingsProgramme, unaskedFindings } from '../case-reading.js';
import '../elements/question-group.js';
import type { QuestionGroup } from '../elements/question-group.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';

/** What was found on the spot: the step's own questions, in the shared fields. */
@customElement('inspection-form')
export class InspectionForm extends ActionForm {
  protected readonly kind = 'assessed';
  protected readonly submitText = 'inspectSubmit';
  @query('question-group') private group!: QuestionGroup | null;
  private programme: Programme | null = null;
  private preparedFor: AssessStep | undefined;

  private get step(): AssessStep | undefined {
    return this.open.step?.kind === 'assess' ? this.open.step : undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.step === this.preparedFor) return;
    this.preparedFor = this.step;
    this.programme = this.step ? findingsProgramme(this.open.programme, this.step) : null;
  }

  private readonly unasked = (findings: GivenAnswers): ReadonlySet<string> => (this.step ? unaskedFindings(this.open, this.step, findings) : new Set());

  private get found(): Record<string, unknown> {
    return (this.typed['findings'] ??= {}) as Record<string, unknown>;
  }

  protected renderFields(): TemplateResult {
    if (!this.step || !this.programme) return html``;
    return html`<h3>${this.read(this.step.title)}</h3>
      <question-group ?inert=${this.locked} .programme=${this.programme} .questions=${this.step.findings} .typed=${this.found} .unasked=${this.unasked} .stage=${'submit'} @change=${() => this.touch()}></question-group>
      ${this.renderNote({ label: this.say('noteOptional') })}`;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return {};
  }

  protected async makeAction(): Promise<StaffAction | null> {
    if (!this.group || !this.step || !(await this.group.check())) return null;
    const { answers } = this.group;
    const unasked = this.unasked(answers);
    const findings = Object.fromEntries(Object.entries(answers).filter(([id]) => !unasked.has(id)));
    return { kind: 'assessed', stepId: this.step.id, findings, ...this.noteIfAny };
  }
}
