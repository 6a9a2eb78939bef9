import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EffectView } from '#definitions/types/wire.js';
import { actorWords, effectTitle, historySentence, reasonWords } from '../case-reading.js';
import type { CaseActor, OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { formatCents, formatDate, formatInstant, formatShortDate } from '../desk-formats.js';
import { isDeskText } from '../desk-language.js';
import { controls } from '../styles/controls.js';
import './case-rules.js';

/** What happened, newest first, one sentence each. */
@customElement('case-history')
export class CaseHistory extends DeskElement {
  static override styles = [
    controls,
    css`
      ol { list-style: none; margin: 0; padding: 0; }
      li { display: grid; grid-template-columns: 11em minmax(0, 1fr); gap: 0.1em 1em; padding: 0.5em 0; border-top: 1px solid #e7ecf0; }
      li:first-child { border-top: 0; }
      .note { margin-top: 0.25em; padding-inline-start: 0.7em; border-inline-start: 3px solid var(--desk-line); white-space: pre-line; overflow-wrap: anywhere; }
      @media (max-width: 40em) { li { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;

  override render(): TemplateResult {
    const entries = this.open.file.history.toSorted((one, other) => other.at.localeCompare(one.at));
    return html`<ol>${entries.map((entry) => {
      const note = typeof entry.payload?.['note'] === 'string' ? entry.payload['note'] : '';
      return html`<li>
        <div class="muted"><time class="number" datetime=${entry.at}>${formatInstant(this.desk.language, entry.at)}</time></div>
        <div>
          ${historySentence(this.open, entry, this.desk.language)}
          ${entry.accepted ? nothing : html`<span class="mark bad">${this.say('historyNotAccepted')}</span>`}
          <span class="hint">· ${actorWords(entry.actor as unknown as CaseActor, { language: this.desk.language, account: this.desk.session?.account ?? '' })}</span>
          ${note === '' ? nothing : html`<p class="note">${note}</p>`}
        </div>
      </li>`;
    })}</ol>`;
  }
}

/** The messages and calls that the case has sent, and how they fared. */
@customElement('case-effects')
export class CaseEffects extends DeskElement {
  static override styles = [
    controls,
    css`
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5em; }
      li { display: flex; flex-wrap: wrap; gap: 0.3em 0.8em; align-items: center; }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;

  override render(): TemplateResult {
    const { effects } = this.open.file;
    if (effects.length === 0) return html`<p class="muted">${this.say('effectsNone')}</p>`;
    return html`<ul>${effects.map((effect) => html`<li>
      ${this.renderStatus(effect)}
      <span>${effectTitle(this.open, effect, this.desk.language)}</span>
      ${effect.attempts > 1 ? html`<span class="hint">${this.say('attempts', { count: effect.attempts })}</span>` : nothing}
      ${effect.lastError ? html`<span class="hint">${reasonWords(this.desk.language, effect.lastError)}</span>` : nothing}
    </li>`)}</ul>`;
  }

  private renderStatus(effect: EffectView): TemplateResult {
    const key = `effect_${effect.status}`;
    const colour = effect.status === 'sent' || effect.status === 'settled' ? 'good' : effect.status === 'uncertain' || effect.status === 'notSent' ? 'bad' : 'info';
    return html`<span class="mark ${colour}">${isDeskText(key) ? this.say(key) : effect.status}</span>`;
  }
}

/** The decision that was taken, with its reasons, and the parts that are paid or to be paid. */
@customElement('case-outcome')
export class CaseOutcome extends DeskElement {
  static override styles = [
    controls,
    css`
      .parts { list-style: none; margin: 0.4em 0 0; padding: 0; display: grid; gap: 0.4em; }
      .parts li { display: flex; flex-wrap: wrap; gap: 0.2em 0.9em; align-items: baseline; }
      details { margin-top: 0.8em; }
      summary { cursor: pointer; font-weight: 600; padding: 0.3em 0; }
      .note { white-space: pre-line; overflow-wrap: anywhere; }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;

  override render(): TemplateResult {
    const { decision, parts } = this.open.state;
    return html`${decision ? this.renderDecision() : nothing}
    ${parts.length > 0
      ? html`<h3>${this.say('parts')}</h3>
          <ul class="parts">${parts.map((part) => html`<li>
            <span>${this.read(part.title)}</span>
            <strong class="number">${formatCents(this.desk.language, part.amountCents)}</strong>
            ${part.paidOn
              ? html`<span class="mark good">✓ ${this.say('partPaidOn', { date: formatShortDate(this.desk.language, part.paidOn) })}</span><span class="hint">${part.reference}</span>`
              : html`<span class="mark info">${this.say('partDue', { date: formatShortDate(this.desk.language, part.dueAt) })}</span>`}
          </li>`)}</ul>`
      : nothing}`;
  }

  private renderDecision(): TemplateResult | typeof nothing {
    const { decision } = this.open.state;
    if (!decision) return nothing;
    const { language } = this.desk;
    return html`
      <p>
        <span class="mark ${decision.approved ? 'good' : 'bad'}">${this.say(decision.approved ? 'decisionApproved' : 'decisionRefused')}</span>
        ${formatInstant(language, decision.decidedAt)}
      </p>
      ${decision.awardCents === undefined ? nothing : html`<p><strong>${this.say('award')}: <span class="number">${formatCents(language, decision.awardCents)}</span></strong></p>`}
      <p class="hint">${this.say('legalBasis')}: ${decision.legalBasis}</p>
      ${decision.note ? html`<p class="note">${decision.note}</p>` : nothing}
      <p>${this.read(decision.appealText)} ${this.say('appealUntil', { date: formatDate(language, decision.appealUntil), authority: this.read(decision.appealAuthority) })}</p>
      <details><summary>${this.say('decisionReasons')}</summary>
        <case-rules .open=${this.open} .decision=${decision.reasons}></case-rules>
      </details>`;
  }
}
