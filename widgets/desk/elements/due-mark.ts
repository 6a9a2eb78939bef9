import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { DeskElement } from '../desk-element.js';
import { formatInstant, formatShortDate, readDue } from '../desk-formats.js';
import type { DueReading } from '../desk-formats.js';
import { controls } from '../styles/controls.js';

const SIGNS = { overdue: '▲', today: '●', soon: '◐', later: '○', none: '' } as const;
const COLOURS = { overdue: 'bad', today: 'warn', soon: 'info', later: '', none: '' } as const;

/** By when something is due, in words, with a sign and a colour: never by colour alone. */
@customElement('due-mark')
export class DueMark extends DeskElement {
  static override styles = [
    controls,
    css`
      :host { display: inline-block; }
      .date { display: block; font-size: 0.86em; color: var(--desk-muted); margin-top: 0.15em; }
    `,
  ];

  @property() dueAt: string | undefined = undefined;
  /** With the hour, where a single instant is told. */
  @property({ type: Boolean }) exact = false;

  override render(): TemplateResult {
    if (this.dueAt === undefined) return html`<span class="muted">${this.say('noDue')}</span>`;
    const reading = readDue(this.dueAt, new Date());
    const format = this.exact ? formatInstant : formatShortDate;
    return html`<span class="mark ${COLOURS[reading.kind]}" data-due=${reading.kind}><span aria-hidden="true">${SIGNS[reading.kind]}</span>${this.words(reading)}</span>
      ${reading.kind === 'none' ? nothing : html`<time class="date number" datetime=${this.dueAt}>${format(this.desk.language, this.dueAt)}</time>`}`;
  }

  private words({ kind, days }: DueReading): string {
    if (kind === 'overdue') return days === 0 ? this.say('dueOverdueToday') : days === -1 ? this.say('dueOverdueOne') : this.say('dueOverdue', { days: -days });
    if (kind === 'today') return this.say('dueToday');
    return days === 1 ? this.say('dueTomorrow') : this.say('dueIn', { days });
  }
}
