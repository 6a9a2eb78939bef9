import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QueueCount } from '#definitions/types/wire.js';
import { DeskElement } from '../desk-element.js';
import { formatNumber } from '../desk-formats.js';
import type { QueuePlace } from '../queue-places.js';
import { controls } from '../styles/controls.js';
import { lists } from '../styles/lists.js';

type Chosen = Pick<QueuePlace, 'programme' | 'step' | 'overdue'>;

/** What a queue may be held to, with how many tasks each choice has. Fires `choose` with the new choice. */
@customElement('queue-filter')
export class QueueFilter extends DeskElement {
  static override styles = [controls, lists];

  @property({ attribute: false }) counts: readonly QueueCount[] = [];
  @property({ attribute: false }) chosen: Chosen = { programme: '', step: '', overdue: false };

  override render(): TemplateResult | typeof nothing {
    const overdue = this.counts.reduce((sum, count) => sum + count.overdue, 0);
    const isChosen = this.chosen.programme !== '' || this.chosen.overdue;
    if (this.counts.length < 2 && overdue === 0 && !isChosen) return nothing;
    return html`<div class="filters">
      ${this.programmes().length > 1 || this.chosen.programme !== '' ? this.renderProgrammes() : nothing}
      ${this.steps().length > 1 || this.chosen.step !== '' ? this.renderSteps() : nothing}
      ${overdue > 0 || this.chosen.overdue
        ? html`<label class="choice"><input type="checkbox" id="overdue" .checked=${this.chosen.overdue} @change=${(event: Event) => this.choose({ overdue: (event.target as HTMLInputElement).checked })} />
            <span>${this.say('filterOverdue')} (${formatNumber(this.desk.language, overdue)})</span></label>`
        : nothing}
    </div>`;
  }

  private choose(change: Partial<Chosen>): void {
    this.dispatchEvent(new CustomEvent<Chosen>('choose', { detail: { ...this.chosen, ...change } }));
  }

  private programmes(): readonly { readonly id: string; readonly title: string; readonly tasks: number }[] {
    const ids = [...new Set(this.counts.map(({ programmeId }) => programmeId))];
    return ids.map((id) => {
      const counts = this.counts.filter(({ programmeId }) => programmeId === id);
      return { id, title: this.read(counts[0]?.programmeTitle), tasks: counts.reduce((sum, { tasks }) => sum + tasks, 0) };
    });
  }

  /** Steps of the chosen programme; of all when none is chosen, each under its programme's name. */
  private steps(): readonly QueueCount[] {
    const { programme } = this.chosen;
    return this.counts
      .filter(({ programmeId }) => programme === '' || programmeId === programme)
      .toSorted((one, other) => this.read(one.title).localeCompare(this.read(other.title), this.desk.language));
  }

  private renderProgrammes(): TemplateResult {
    return html`<div class="field">
      <label for="programme">${this.say('filterProgramme')}</label>
      <select id="programme" @change=${(event: Event) => this.choose({ programme: (event.target as HTMLSelectElement).value, step: '' })}>
        <option value="" ?selected=${this.chosen.programme === ''}>${this.say('filterAllOf')}</option>
        ${this.programmes().map(({ id, title, tasks }) => html`<option value=${id} ?selected=${id === this.chosen.programme}>${title} (${formatNumber(this.desk.language, tasks)})</option>`)}
      </select>
    </div>`;
  }

  private renderSteps(): TemplateResult {
    const { programme, step } = this.chosen;
    const option = (count: QueueCount): TemplateResult =>
      html`<option value="${count.programmeId} ${count.stepId}" ?selected=${count.programmeId === programme && count.stepId === step}>${this.read(count.title)} (${formatNumber(this.desk.language, count.tasks)})</option>`;
    const several = this.programmes().filter(({ id }) => programme === '' || id === programme);
    return html`<div class="field">
      <label for="step">${this.say('filterStep')}</label>
      <select id="step" @change=${this.onStep}>
        <option value="" ?selected=${step === ''}>${this.say('filterAll')}</option>
        ${several.length > 1
          ? several.map(({ id, title }) => html`<optgroup label=${title}>${this.steps().filter(({ programmeId }) => programmeId === id).map(option)}</optgroup>`)
          : this.steps().map(option)}
      </select>
    </div>`;
  }

  private readonly onStep = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const [programme = '', step = ''] = value.split(' ');
    this.choose(value === '' ? { step: '' } : { programme, step });
  };
}
