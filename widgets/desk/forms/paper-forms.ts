import { html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { StaffAction } from '#definitions/types/wire.js';
import { documentTitle } from '../case-reading.js';
import type { DeskTextKey } from '../texts/el.js';
import { ActionForm } from './action-form.js';
import type { FormChoice } from './action-form.js';

/** Asks the citizen for a paper, with a word about why. */
@customElement('ask-document-form')
export class AskDocumentForm extends ActionForm {
  protected readonly kind = 'documentAsked';
  protected readonly submitText = 'askSubmit';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('chosen') && this.chosen !== '') this.typed['documentKind'] = this.chosen;
  }

  protected renderFields(): TemplateResult {
    const choices: readonly FormChoice[] = this.open.programme.documents.map((each) => ({ value: each.id, title: this.read(each.title) }));
    return html`
      ${this.renderSelect('documentKind', { label: this.say('paper'), choices })}
      ${this.renderNote({ label: this.say('noteToCitizen'), hint: this.say('askNoteHint') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return this.typedText('documentKind') === '' ? { documentKind: 'errorChoosePaper' } : {};
  }

  protected makeAction(): StaffAction {
    return { kind: 'documentAsked', documentKind: this.typedText('documentKind'), ...this.noteIfAny };
  }
}

/** Accepts or refuses a paper that has come in. */
@customElement('judge-document-form')
export class JudgeDocumentForm extends ActionForm {
  protected readonly kind = 'documentJudged';
  protected readonly submitText = 'judgeSubmit';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('chosen') && this.chosen !== '') this.typed['documentKind'] = this.chosen;
  }

  protected renderFields(): TemplateResult {
    const choices = Object.entries(this.open.state.documents)
      .filter(([, paper]) => ['provided', 'accepted', 'refused'].includes(paper.status))
      .map(([kind, paper]) => ({ value: kind, title: `${documentTitle(this.open, kind, this.desk.language)} (${this.say(`paper_${paper.status}`)})` }));
    return html`
      ${this.renderSelect('documentKind', { label: this.say('paper'), choices })}
      ${this.renderChoices('verdict', {
        label: this.say('judgeVerdict'),
        choices: [
          { value: 'accept', title: this.say('judgeAccept'), hint: this.say('judgeAcceptHint') },
          { value: 'refuse', title: this.say('judgeRefuse'), hint: this.say('judgeRefuseHint') },
        ],
      })}
      ${this.renderNote({ label: this.say('noteToCitizen'), hint: this.say('judgeNoteHint') })}
    `;
  }

  protected findErrors(): Readonly<Record<string, DeskTextKey>> {
    return {
      ...(this.typedText('documentKind') === '' ? { documentKind: 'errorChoosePaper' as const } : {}),
      ...(this.typedText('verdict') === '' ? { verdict: 'errorChooseOne' as const } : {}),
      ...(this.typedText('verdict') === 'refuse' && this.typedText('note').trim() === '' ? { note: 'errorNoteNeeded' as const } : {}),
    };
  }

  protected makeAction(): StaffAction {
    return { kind: 'documentJudged', documentKind: this.typedText('documentKind'), accepted: this.typedText('verdict') === 'accept', ...this.noteIfAny };
  }
}
