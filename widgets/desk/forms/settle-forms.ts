import { html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IncidentView, StaffAction } from '#definitions/types/wire.js';
import type { CaseForm } from '../case-sendings.js';
import { effectTitle, incidentWords } from '../case-reading.js';
import { formatInstant } from '../desk-formats.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';

type Resolution = 'retry' | 'done' | 'drop';
const RESOLUTIONS: readonly Resolution[] = ['retry', 'done', 'drop'];

/** Settles what the engine could not do: try again, done by hand, or let it be. A note says why, but for another try. */
abstract class SettlingForm extends ActionForm {
  protected readonly kind = 'incidentSettled';
  protected readonly submitText = 'settleSubmit';
  protected abstract get incidentId(): string;

  protected renderFields(): TemplateResult {
    return html`
      ${this.renderChoices('resolution', {
        label: this.say('settleHow'),
        choices: RESOLUTIONS.map((value) => ({ value, title: this.say(`settle_${value}`), hint: this.say(`settleHint_${value}`) })),
      })}
      ${this.renderNote({ label: this.say(this.typedText('resolution') === 'retry' ? 'noteOptional' : 'noteRequired'), hint: this.say('settleNoteHint') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    const resolution = this.typedText('resolution');
    return {
      ...(resolution === '' ? { resolution: 'errorChooseOne' as const } : {}),
      ...(resolution !== '' && resolution !== 'retry' && this.typedText('note').trim() === '' ? { note: 'errorNoteNeeded' as const } : {}),
    };
  }

  protected makeAction(): StaffAction {
    return { kind: 'incidentSettled', incidentId: this.incidentId, resolution: this.typedText('resolution') as Resolution, ...this.noteIfAny };
  }
}

/** One incident of the list, for whoever may settle it: nothing of the case is read for it. */
@customElement('settle-form')
export class SettleForm extends SettlingForm {
  @property({ attribute: false }) municipality = '';
  @property({ attribute: false }) incident!: IncidentView;

  protected override get form(): CaseForm {
    return { municipality: this.municipality, caseId: this.incident.summary.caseId, kind: this.kind, part: this.incidentId };
  }

  protected get incidentId(): string {
    return this.incident.incidentId;
  }
}

/** The same on the page of a case, which may have several. */
@customElement('incident-form')
export class IncidentForm extends SettlingForm {
  private get openIncidents(): OpenIncidents {
    return this.open.state.incidents.filter((incident) => incident.settledAt === undefined);
  }

  protected get incidentId(): string {
    return this.typedText('incidentId');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const [only] = this.openIncidents;
    if (changed.has('chosen') && this.chosen !== '') this.typed['incidentId'] = this.chosen;
    if (this.typed['incidentId'] === undefined && only && this.openIncidents.length === 1) this.typed['incidentId'] = only.id;
  }

  protected override renderFields(): TemplateResult {
    return html`
      ${this.renderChoices('incidentId', {
        label: this.say('settleWhich'),
        choices: this.openIncidents.map((incident) => ({
          value: incident.id,
          title: incidentWords(this.desk.language, incident.code),
          hint: `${effectTitle(this.open, incident, this.desk.language)} · ${formatInstant(this.desk.language, incident.openedAt)} · ${incident.code}`,
        })),
      })}
      ${super.renderFields()}
    `;
  }

  protected override findErrors(): Readonly<Record<string, DeskTextKey>> {
    return { ...(this.incidentId === '' ? { incidentId: 'errorChooseOne' as const } : {}), ...super.findErrors() };
  }
}

type OpenIncidents = readonly { readonly id: string; readonly commandKey: string; readonly code: string; readonly openedAt: string; readonly settledAt?: string }[];
