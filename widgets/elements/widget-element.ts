import { html } from './template.js';
import type { TemplateResult } from './template.js';
import type { ContactView, Localised } from '#definitions/types/wire.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import { inLanguage, tellInstant } from '#forms/findings/tell.js';
import type { EngineClient, Reply } from '#widgets/client/engine-client.js';
import { createClient } from '#widgets/client/engine-client.js';
import type { OwnTexts, Params, SharedKey, Texts } from '#widgets/texts/texts.js';
import { directionOf, fill, languageAround } from '#widgets/texts/texts.js';
import { DiktyoElement } from './base-element.js';
import type { Text } from '#definitions/types/programme.js';

/** The texts of a widget: the shared ones and its own. */
export interface WidgetTexts<Own> {
  readonly shared: Texts;
  readonly own: Own;
}

/**
 * What every public widget is: attributes (read where they are needed), its own language, an engine, no state in the host's
 * address, no cookie, nothing kept in the browser. The light-DOM children are the fallback where the script does not run.
 */
export abstract class WidgetElement<Own extends Readonly<Record<string, string>>> extends DiktyoElement {
  static override watched = ['texts'];

  /** Not there before they are loaded, when nothing but the fallback is shown. */
  texts!: WidgetTexts<Own>;

  #client?: EngineClient;

  protected abstract loadTexts(language: Language): Promise<{ readonly texts: OwnTexts<Own> }>;
  protected abstract begin(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.texts === undefined) void this.#prepare();
  }

  /** Ministry code of the municipality. */
  get municipality(): string {
    return this.getAttribute('municipality') ?? '';
  }

  /** The engine is where the script came from, unless an attribute says otherwise. */
  get client(): EngineClient {
    return (this.#client ??= createClient(new URL(this.getAttribute('engine') || import.meta.url).origin));
  }

  get language(): Language {
    return this.texts?.shared.language ?? 'el';
  }

  /** Languages without a translation of their own speak English, in the direction of their script. */
  protected async speak(language: Language): Promise<void> {
    const { say, own, form } = (await this.loadTexts(language)).texts;
    // Without a form nobody asks for its sentences.
    this.texts = { own, shared: { language, say, form: { ...form, language } as FormTexts } };
    this.dir = directionOf(language);
    this.setAttribute('lang', language);
  }

  /** Sentences of findings and words of summaries. */
  get formTexts(): FormTexts {
    return this.texts.shared.form;
  }

  say(key: SharedKey, params?: Params): string {
    return fill(this.texts.shared.say[key], params);
  }

  tell(key: keyof Own & string, params?: Params): string {
    return fill(this.texts.own[key] ?? '', params);
  }

  read(text: Text | Localised | undefined): string {
    return inLanguage(text, this.language);
  }

  /** Why something did not succeed, as a sentence. */
  tellReply(reply: Reply<unknown>): string {
    return (!reply.ok && this.read(reply.problem?.detail)) || this.say('failed');
  }

  /** `21 Νοεμβρίου 2026, 14:30` in Athens. */
  tellInstant(instant: string, { withTime = false }: { readonly withTime?: boolean } = {}): string {
    return tellInstant(Date.parse(instant), this.language, { timeZone: 'Europe/Athens', ...(withTime && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) });
  }

  /** Public and without personal data: the host page and every script on it hear it. */
  protected emit(name: string, detail: Readonly<Record<string, string | number>> = {}): void {
    this.dispatchEvent(new CustomEvent(`diktyo-${name}`, { detail, bubbles: true, composed: true }));
  }

  renderHeading(text: string, { below = 0, focus = false }: { readonly below?: number; readonly focus?: boolean } = {}): TemplateResult {
    const level = Math.min(6, Math.max(1, (Number(this.getAttribute('heading-level')) || 2) + below));
    return html`<div role="heading" aria-level=${level} class="heading ${below === 0 ? 'large' : 'small'}" id=${focus && 'top'} tabindex=${focus && '-1'}>${text}</div>`;
  }

  renderContact(contact: ContactView | undefined, { below }: { readonly below: number }): unknown {
    if (contact === undefined) return '';
    const lines: readonly (readonly [SharedKey, unknown])[] = [
      ['phone', html`<a href="tel:${contact.phone.replace(/[^\d+]/g, '')}" dir="ltr">${contact.phone}</a>`],
      ['email', contact.email === undefined ? '' : html`<a href="mailto:${contact.email}">${contact.email}</a>`],
      ['place', this.read(contact.place)],
      ['hours', this.read(contact.hours)],
    ];
    return html`<section class="contact">
      ${this.renderHeading(this.say('contact'), { below })}
      <dl class="facts">${lines.filter(([, value]) => value !== '').map(([key, value]) => html`<div><dt>${this.say(key)}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`;
  }

  /** The heading of what has just appeared: it is read, and the top of it is seen. */
  protected async focusTop(): Promise<void> {
    await this.updateComplete;
    const top = this.renderRoot.querySelector<HTMLElement>('#top');
    top?.focus({ preventScroll: true });
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  }

  async #prepare(): Promise<void> {
    const host = getComputedStyle(document.documentElement);
    // Where the page has the colours of the national design system, they are taken.
    if (!this.hasAttribute('theme') && ['--color-focus', '--color-link', '--border-radius-md'].every((token) => host.getPropertyValue(token) !== '')) this.setAttribute('theme', 'govgr');
    try {
      await this.speak(languageAround(this));
    } catch {
      // Not a word arrived: the fallback stays, and the network's return tries again.
      this.emit('error', { code: 'unreachable' });
      addEventListener('online', () => void this.#prepare(), { once: true });
      return;
    }
    await this.begin();
  }
}
