import type { Text } from '#definitions/types/programme.js';
import type { CaseState, DocumentState } from '#engine/contract/case.js';
import { dayText, join, LANGUAGES, moneyText } from './texts/fill.js';
import type { Walk } from './walk.js';

const NEEDED: readonly DocumentState['status'][] = ['missing', 'asked', 'refused'];

/** Kinds of paper that the citizen still has to bring. */
export function missingKinds(state: CaseState): readonly string[] {
  return Object.entries(state.documents)
    .filter(([, document]) => NEEDED.includes(document.status))
    .map(([kind]) => kind);
}

export function documentTitle(walk: Pick<Walk, 'context'>, kind: string): Text {
  return walk.context.prepared.programme.documents.find((document) => document.id === kind)?.title ?? { el: kind, en: kind };
}

/**
 * What a message's placeholders stand for: `name`, or `name@<language>` where languages differ. The sender adds what belongs
 * to the municipality.
 */
export function messageFields(walk: Walk, own: Readonly<Record<string, Text>>): Readonly<Record<string, string>> {
  const { programme } = walk.context.prepared;
  const { decision } = walk.state;
  const dueAt = walk.here()?.dueAt;
  const texts: Record<string, Text> = {
    missing: join(missingKinds(walk.state).map((kind) => documentTitle(walk, kind)), { el: ', ', en: ', ' }),
    ...(dueAt === undefined ? {} : { due: dayText(dueAt) }),
    ...(decision === undefined ? {} : { appealUntil: dayText(decision.appealUntil) }),
    ...(decision?.awardCents === undefined ? {} : { amount: moneyText(decision.awardCents, programme.currency) }),
    ...own,
  };
  const fields: Record<string, string> = { ...(walk.context.protocolNumber === undefined ? {} : { protocolNumber: walk.context.protocolNumber }) };
  for (const [name, text] of Object.entries(texts)) for (const language of LANGUAGES) fields[`${name}@${language}`] = text[language];
  return fields;
}
