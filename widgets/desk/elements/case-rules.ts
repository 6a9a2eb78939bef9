import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Decision, RuleDecision } from '#definitions/language/programme.js';
import { missingWords } from '../case-reading.js';
import type { OpenCase } from '../case-state.js';
import { DeskElement } from '../desk-element.js';
import { formatCents, formatDate, formatNumber } from '../desk-formats.js';
import { readRule } from '../rule-reading.js';
import { sensitiveComputed } from '../sensitive-values.js';
import { controls } from '../styles/controls.js';

const SIGNS = { true: '✓', false: '✕', unknown: '?', notApplicable: '–' } as const;
const COLOURS = { true: 'good', false: 'bad', unknown: 'warn', notApplicable: '' } as const;
const OUTCOME_COLOURS = { eligible: 'good', ineligible: 'bad', undecided: 'warn' } as const;
const ORDER = ['false', 'unknown', 'true', 'notApplicable'] as const;

/** What the rules say, rule by rule: value, reason, legal basis, what is missing; and the amounts that follow. */
@customElement('case-rules')
export class CaseRules extends DeskElement {
  static override styles = [
    controls,
    css`
      .outcome { display: flex; flex-wrap: wrap; gap: 0.5em 1em; align-items: center; margin-bottom: 0.7em; }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.1em; }
      li { padding: 0.6em 0; border-top: 1px solid #e7ecf0; display: grid; grid-template-columns: 8.4em minmax(0, 1fr); gap: 0.2em 0.9em; }
      li > div { min-width: 0; overflow-wrap: anywhere; }
      .basis { color: var(--desk-muted); font-size: 0.88em; }
      details { margin-top: 0.25em; }
      summary { cursor: pointer; color: var(--desk-primary); font-size: 0.92em; padding: 0.2em 0; inline-size: fit-content; min-block-size: 24px; }
      details p { margin: 0.2em 0; }
      .read { margin: 0.2em 0 0; padding-inline-start: 0.8em; border-inline-start: 3px solid var(--desk-line); display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0.2em 1em; }
      .read dt { color: var(--desk-muted); }
      .read dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
      .amounts { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.3em 1em; margin: 0.9em 0 0; padding-top: 0.7em; border-top: 2px solid var(--desk-line); }
      .amounts dt, .amounts dd { margin: 0; }
      .amounts dd { text-align: end; font-weight: 700; }
      :host([narrow]) li { grid-template-columns: minmax(0, 1fr); }
      @media (max-width: 34em) {
        li, .read { grid-template-columns: minmax(0, 1fr); }
        .read dd { margin-bottom: 0.4em; }
      }
    `,
  ];

  @property({ attribute: false }) open!: OpenCase;
  @property({ attribute: false }) decision: Decision | null = null;
  @property({ type: Boolean, reflect: true }) narrow = false;

  override render(): TemplateResult {
    const { decision } = this;
    if (!decision) return html`<p class="muted">${this.say('rulesNone')}</p>`;
    const rules = decision.rules.toSorted((one, other) => weightOf(one) - weightOf(other));
    return html`
      <div class="outcome">
        <span class="mark ${OUTCOME_COLOURS[decision.outcome]}">${this.say(`outcome_${decision.outcome}`)}</span>
        <span class="muted">${this.say('rulesAsOf', { date: formatDate(this.desk.language, decision.asOf) })}</span>
      </div>
      <ul>${rules.map((rule) => this.renderRule(rule))}</ul>
      ${this.renderAmounts(decision)}
    `;
  }

  private renderRule(rule: RuleDecision): TemplateResult {
    const missing = [...new Set(rule.missing.map((name) => missingWords(this.open, name, this.desk.language)))];
    const origins = rule.read.flatMap((read) => ('fact' in read && read.source !== undefined && read.on !== undefined ? [`${read.source}, ${formatDate(this.desk.language, read.on)}`] : []));
    return html`<li>
      <div><span class="mark ${rule.value === 'false' && rule.severity === 'advisory' ? 'warn' : COLOURS[rule.value]}"><span aria-hidden="true">${SIGNS[rule.value]}</span>${this.say(`rule_${rule.value}`)}</span></div>
      <div>
        <strong>${this.read(rule.title)}</strong>
        ${rule.severity === 'advisory' ? html`<span class="mark info">${this.say('advisory')}</span>` : nothing}
        <p>${this.read(rule.reason)}</p>
        ${rule.nearest ? html`<p>${this.read(rule.nearest.text)}</p>` : nothing}
        ${origins.length > 0 ? html`<p class="basis">${origins.join(' · ')}</p>` : nothing}
        ${missing.length > 0 ? html`<p><strong>${this.say('missing')}:</strong> ${missing.join(', ')}</p>` : nothing}
        <p class="basis">${rule.legalBasis}</p>
        ${this.renderWhy(rule)}
      </div>
    </li>`;
  }

  /** The condition in words and the values it read: enough to tell the citizen at the counter why. */
  private renderWhy(rule: RuleDecision): TemplateResult {
    const { condition, when, lines } = readRule(this.open, rule, this.desk.language);
    return html`<details>
      <summary>${this.say('ruleWhy')}<span class="hidden-visually">: ${this.read(rule.title)}</span></summary>
      ${when === null ? nothing : html`<p><strong>${this.say('ruleWhen')}:</strong> ${when}</p>`}
      ${condition === null ? nothing : html`<p><strong>${this.say('ruleAsks')}:</strong> ${condition}</p>`}
      <p><strong>${this.say('ruleRead')}:</strong> ${lines.length === 0 ? this.say('ruleReadNothing') : nothing}</p>
      ${lines.length === 0 ? nothing : html`<dl class="read">${lines.map(({ label, value, covered }) => html`<dt>${label}</dt><dd>${covered ? html`<span class="muted">${this.say('covered')}</span>` : value}</dd>`)}</dl>`}
    </details>`;
  }

  private renderAmounts(decision: Decision): TemplateResult | typeof nothing {
    const { language } = this.desk;
    const covered = sensitiveComputed(this.open.programme);
    const shown = this.open.programme.computed.flatMap((computed) => {
      const value = decision.computed[computed.id];
      if (value === null || value === undefined) return [];
      const text =
        typeof value === 'number' ? (computed.type === 'money' ? formatCents(language, value) : formatNumber(language, value)) : typeof value === 'boolean' ? this.say(value ? 'yes' : 'no') : String(value);
      return [{ title: this.read(computed.title), text: covered.has(computed.id) ? html`<span class="muted">${this.say('covered')}</span>` : text }];
    });
    if (shown.length === 0) return nothing;
    return html`<dl class="amounts">${shown.map(({ title, text }) => html`<dt>${title}</dt><dd class="number">${text}</dd>`)}</dl>`;
  }
}

/** What decides comes first: what does not hold, then what is not known; advice never before what blocks. */
function weightOf({ value, severity }: RuleDecision): number {
  return ORDER.indexOf(value) + (severity === 'advisory' && value !== 'true' && value !== 'notApplicable' ? 1.5 : 0);
}
