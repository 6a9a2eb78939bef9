import type { Text } from '#definitions/types/programme.js';
import type { CaseState, DocumentState } from '#engine/contract/case.js';
import type { CaseContext } from './situation.js';
import { dayText, join, LANGUAGES, moneyText } from './texts/fill.js';

const NEEDED: readonly DocumentState['status'][] = ['missing', 'asked', 'refused'];

/** Kinds of paper that the citizen still has to bring, as the programme lists them: the record keeps no order of names. */
export function missingKinds({ context, state }: { readonly context: CaseContext; readonly state: CaseState }): readonly string[] {
  const declared = context.prepared.programme.documents.map(({ id }) => id);
  const undeclared = Object.keys(state.documents).filter((kind) => !declared.includes(kind)).sort();
  return [...declared, ...undeclared].filter((kind) => Object.hasOwn(state.documents, kind) && NEEDED.includes(state.documents[kind]?.status ?? 'accepted'));
}

export function documentTitle({ context }: { readonly context: CaseContext }, kind: string): Text {
  return context.prepared.programme.documents.find((document) => document.id === kind)?.title ?? { el: kind, en: kind };
}

/**
 * What a message's placeholders stand for: `name`, or `name@<language>` where languages differ. The sender adds what belongs
 * to the municipality.
 */
export function messageFields({ context, state }: { readonly context: CaseContext; readonly state: CaseState }, own: Readonly<Record<string, Text>>): Readonly<Record<string, string>> {
  const { programme } = context.prepared;
  const { decision } = state;
  const dueAt = state.steps[state.currentStep]?.dueAt;
  const texts: Record<string, Text> = {
    missing: join(missingKinds({ context, state }).map((kind) => documentTitle({ context }, kind)), { el: ', ', en: ', ' }),
    ...(dueAt === undefined ? {} : { due: dayText(dueAt) }),
    ...(decision === undefined ? {} : { appealUntil: dayText(decision.appealUntil) }),
    ...(decision?.awardCents === undefined ? {} : { amount: moneyText(decision.awardCents, programme.currency) }),
    ...own,
  };
  const fields: Record<string, string> = { ...(context.protocolNumber === undefined ? {} : { protocolNumber: context.protocolNumber }) };
  for (const [name, text] of Object.entries(texts)) for (const language of LANGUAGES) fields[`${name}@${language}`] = text[language];
  return fields;
}
