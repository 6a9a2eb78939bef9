import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { StaffAction } from '#definitions/types/wire.js';
import { athensDay, formatCents, formatShortDate } from '../desk-formats.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';

/** The outcome of a review step, as its programme declares them. */
@customElement('review-form')
export class ReviewForm extends ActionForm {
  protected readonly kind = 'reviewed';
  protected readonly submitText = 'reviewSubmit';

  private get outcomes(): readonly { readonly id: string; readonly title: { readonly el: string; readonly en: string }; readonly noteRequired?: boolean }[] {
    return this.open.step?.kind === 'review' ? this.open.step.outcomes : [];
  }

  private get noteRequired(): boolean {
    return this.outcomes.find((outcome) => outcome.id === this.typedText('outcome'))?.noteRequired === true;
  }

  protected renderFields(): TemplateResult {
    return html`
      ${this.renderChoices('outcome', {
        label: this.read(this.open.step?.title),
        choices: this.outcomes.map((outcome) => ({ value: outcome.id, title: this.read(outcome.title) })),
      })}
      ${this.renderNote({ label: this.say(this.noteRequired ? 'noteRequired' : 'noteOptional') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return {
      ...(this.typedText('outcome') === '' ? { outcome: 'errorChooseOne' as const } : {}),
      ...(this.noteRequired && this.typedText('note').trim() === '' ? { note: 'errorNoteNeeded' as const } : {}),
    };
  }

  protected makeAction(): StaffAction {
    return { kind: 'reviewed', stepId: this.open.state.currentStep, outcome: this.typedText('outcome'), ...this.noteIfAny };
  }
}

/** Records that one part of the award has been paid or handed over. */
@customElement('payment-form')
export class PaymentForm extends ActionForm {
  protected readonly kind = 'partPaid';
  protected readonly submitText = 'paySubmit';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const unpaid = this.open.state.parts.filter((part) => part.paidOn === undefined);
    if (unpaid[0] && !unpaid.some((part) => part.partId === this.typed['partId'])) this.typed['partId'] = unpaid[0].partId;
    if (this.typed['paidOn'] === undefined) this.typed['paidOn'] = athensDay(new Date());
  }

  protected renderFields(): TemplateResult {
    const choices = this.open.state.parts
      .filter((part) => part.paidOn === undefined)
      .map((part) => ({
        value: part.partId,
        title: `${this.read(part.title)}: ${formatCents(this.desk.language, part.amountCents)}`,
        hint: this.say('partDue', { date: formatShortDate(this.desk.language, part.dueAt) }),
      }));
    return html`
      ${this.renderChoices('partId', { label: this.say('payPart'), choices })}
      ${this.renderText('reference', { label: this.say('payReference'), hint: this.say('payReferenceHint') })}
      ${this.renderText('paidOn', { label: this.say('payDate'), type: 'date' })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return {
      ...(this.typedText('partId') === '' ? { partId: 'errorChooseOne' as const } : {}),
      ...(this.typedText('reference').trim() === '' ? { reference: 'errorReference' as const } : {}),
      ...(/^\d{4}-\d{2}-\d{2}$/.test(this.typedText('paidOn')) ? {} : { paidOn: 'errorDate' as const }),
    };
  }

  protected makeAction(): StaffAction {
    return {
      kind: 'partPaid',
      stepId: this.open.state.currentStep,
      partId: this.typedText('partId'),
      reference: this.typedText('reference').trim(),
      paidOn: this.typedText('paidOn'),
    };
  }
}

/** A note for colleagues; the citizen never reads it. */
@customElement('note-form')
export class NoteForm extends ActionForm {
  protected readonly kind = 'noteAdded';
  protected readonly submitText = 'noteSubmit';

  protected renderFields(): TemplateResult {
    return this.renderNote({ label: this.say('noteText'), hint: this.say('noteHint') });
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return this.typedText('note').trim() === '' ? { note: 'errorNoteNeeded' } : {};
  }

  protected makeAction(): StaffAction {
    return { kind: 'noteAdded', note: this.typedText('note').trim() };
  }
}

/** The citizen takes the application back, at the counter or on the telephone. */
@customElement('withdrawal-form')
export class WithdrawalForm extends ActionForm {
  protected readonly kind = 'withdrawn';
  protected readonly submitText = 'withdrawSubmit';

  protected renderFields(): TemplateResult {
    return html`
      <p>${this.say('withdrawExplained')}</p>
      <label class="choice">
        <input type="checkbox" id="sure" .checked=${this.typed['sure'] === true} aria-invalid=${this.errors['sure'] ? 'true' : nothing}
          aria-describedby=${this.errors['sure'] ? 'sure-error' : nothing} @change=${(event: Event) => this.type('sure', (event.target as HTMLInputElement).checked)} />
        <span>${this.say('withdrawSure')}</span>
      </label>
      ${this.renderAbout('sure', undefined)}
      ${this.renderNote({ label: this.say('withdrawNote') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return this.typed['sure'] === true ? {} : { sure: 'errorSure' };
  }

  protected makeAction(): StaffAction {
    return { kind: 'withdrawn', ...this.noteIfAny };
  }
}
