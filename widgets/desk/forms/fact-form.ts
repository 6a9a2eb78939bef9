import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { Programme } from '#definitions/types/programme.js';
import type { StaffAction } from '#definitions/types/wire.js';
import { factProgramme, openLookups } from '../case-reading.js';
import '../elements/question-group.js';
import type { QuestionGroup } from '../elements/question-group.js';
import { formatInstant } from '../desk-formats.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';

/** What an official found in a register that the engine does not reach. */
@customElement('fact-form')
export class FactForm extends ActionForm {
  protected readonly kind = 'factRecorded';
  protected readonly submitText = 'factSubmit';
  @query('question-group') private group!: QuestionGroup | null;
  private programme: Programme | null = null;
  private preparedFor = '';

  private get factId(): string {
    const ids = openLookups(this.open).map(({ fact }) => fact.id);
    const chosen = this.typedText('factId');
    return ids.includes(chosen) ? chosen : ids.length === 1 ? (ids[0] ?? '') : '';
  }

  /** What was found, apart for each fact: choosing another must not carry a value over. */
  private get found(): Record<string, unknown> {
    return (this.typed['found'] ??= {}) as Record<string, unknown>;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.factId === this.preparedFor) return;
    this.preparedFor = this.factId;
    this.programme = factProgramme(this.open, this.factId);
  }

  protected renderFields(): TemplateResult {
    const lookups = openLookups(this.open);
    const choices = lookups.map(({ fact, dueAt }) => ({
      value: fact.id,
      title: this.read(fact.title),
      hint: [fact.source, dueAt === undefined ? '' : formatInstant(this.desk.language, dueAt)].filter((part) => part !== '').join(' · '),
    }));
    return html`
      ${choices.length > 1 ? this.renderChoices('factId', { label: this.say('factWhich'), choices }) : nothing}
      ${this.programme === null ? nothing : html`<question-group ?inert=${this.locked} .programme=${this.programme} .questions=${this.programme.form.pages[0]?.questions ?? []} .typed=${this.found} .stage=${'submit'} @change=${() => this.touch()}></question-group>`}
      ${this.renderNote({ label: this.say('noteOptional'), hint: this.say('factNoteHint') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return this.factId === '' ? { factId: 'errorChooseOne' } : {};
  }

  protected async makeAction(): Promise<StaffAction | null> {
    if (!this.group || !(await this.group.check())) return null;
    const value = this.group.answers[this.factId];
    if (typeof value !== 'boolean' && typeof value !== 'number' && typeof value !== 'string') return null;
    return { kind: 'factRecorded', factId: this.factId, value, ...this.noteIfAny };
  }
}
