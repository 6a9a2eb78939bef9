import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Problem } from '#definitions/types/wire.js';
import { DeskElement } from '../desk-element.js';
import type { FreshFailure } from '../fresh-value.js';
import { controls } from '../styles/controls.js';

/** What went wrong, in the reader's words, with the number to quote when asking for help. Fires `again`. */
@customElement('failure-notice')
export class FailureNotice extends DeskElement {
  static override styles = [
    controls,
    css`
      .notice { border: 1px solid var(--desk-danger); border-inline-start-width: 6px; background: var(--desk-danger-tint); border-radius: var(--desk-radius); padding: 0.8em 1em; }
      ul { margin: 0.4em 0 0; padding-inline-start: 1.2em; }
      .reference { font-size: 0.86em; color: var(--desk-muted); margin-top: 0.4em; overflow-wrap: anywhere; }
    `,
  ];

  @property({ attribute: false }) failure: FreshFailure | null = null;
  /** Offer to ask again. */
  @property({ type: Boolean }) retry = false;

  override render(): TemplateResult | typeof nothing {
    if (!this.failure) return nothing;
    const problem = this.failure.kind === 'problem' ? this.failure.problem : null;
    return html`<div class="notice" role="alert">
      ${problem ? this.renderProblem(problem) : html`<strong>${this.say(this.failure.kind === 'unreachable' ? 'unreachable' : 'failureUnknown')}</strong>`}
      ${this.retry ? html`<p><button @click=${() => this.dispatchEvent(new Event('again'))}>${this.say('tryAgain')}</button></p>` : nothing}
    </div>`;
  }

  private renderProblem(problem: Problem): TemplateResult {
    return html`<strong>${this.read(problem.title)}</strong>
      <p>${this.read(problem.detail)}</p>
      ${problem.findings && problem.findings.length > 0
        ? html`<ul>${problem.findings.map((finding) => html`<li>${this.read(finding.message)} ${this.read(finding.fix)}</li>`)}</ul>`
        : nothing}
      <p class="reference">${this.say('reference')}: ${problem.code} · ${problem.instance}</p>`;
  }
}
