import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { DecideStep } from '#definitions/types/programme.js';
import type { StaffAction } from '#definitions/types/wire.js';
import '../elements/case-rules.js';
import { formatCents } from '../desk-formats.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';

/** The decision of a person, in sight of what the rules propose. Against the proposal it needs a reason in writing. */
@customElement('decision-form')
export class DecisionForm extends ActionForm {
  static override styles = [...ActionForm.styles, css`.award { margin-block: 0.8em 0.3em; font-size: 1.1em; } h3 { margin-bottom: 0.4em; }`];

  protected readonly kind = 'decided';
  protected readonly submitText = 'decideSubmit';

  private get step(): DecideStep | undefined {
    return this.open.step?.kind === 'decide' ? this.open.step : undefined;
  }

  private get awardCents(): number | undefined {
    const award = this.step?.award === undefined ? undefined : this.open.decision?.computed[this.step.award];
    return typeof award === 'number' ? award : undefined;
  }

  /** Approving what is not eligible, refusing what is, deciding what the rules leave open. */
  private get againstProposal(): boolean {
    const choice = this.typedText('choice');
    if (choice === '') return false;
    return choice === 'approve' ? this.open.decision?.outcome !== 'eligible' : this.open.decision?.outcome !== 'ineligible';
  }

  protected renderFields(): TemplateResult {
    const { awardCents, step } = this;
    return html`
      <section aria-label=${this.say('proposal')}>
        <h3>${this.say('proposal')}</h3>
        <case-rules narrow .open=${this.open} .decision=${this.open.decision}></case-rules>
        ${awardCents === undefined ? nothing : html`<p class="award"><strong>${this.say('award')}: <span class="number">${formatCents(this.desk.language, awardCents)}</span></strong></p>`}
        ${step ? html`<p class="hint">${this.say('legalBasis')}: ${step.legalBasis}</p>` : nothing}
      </section>
      ${this.renderChoices('choice', {
        label: this.say('decision'),
        choices: [
          { value: 'approve', title: this.say('approve'), hint: this.say('approveHint') },
          { value: 'refuse', title: this.say('refuse'), hint: this.say('refuseHint') },
        ],
      })}
      ${this.againstProposal ? html`<p class="mark warn" role="status">${this.say('againstProposal')}</p>` : nothing}
      ${this.renderNote({ label: this.say(this.againstProposal ? 'decideNoteRequired' : 'decideNote'), hint: this.say('decideNoteHint') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return {
      ...(this.typedText('choice') === '' ? { choice: 'errorChooseOne' as const } : {}),
      ...(this.againstProposal && this.typedText('note').trim() === '' ? { note: 'errorReasonNeeded' as const } : {}),
    };
  }

  protected makeAction(): StaffAction {
    return { kind: 'decided', stepId: this.open.state.currentStep, approve: this.typedText('choice') === 'approve', ...this.noteIfAny };
  }
}
