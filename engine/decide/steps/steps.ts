import type { Step } from '#definitions/types/programme.js';
import { assessStep } from './assess.js';
import { branchStep } from './branch.js';
import { callStep } from './call.js';
import { checkStep } from './check.js';
import { decideStep } from './decide.js';
import { documentsStep } from './documents.js';
import { endStep } from './end.js';
import { notifyStep } from './notify.js';
import { payStep } from './pay.js';
import { reviewStep } from './review.js';
import type { StepKind, StepOf } from './step-kind.js';
import { waitStep } from './wait.js';

/** Every kind of step; the compiler refuses a kind of the language that is not here. */
export const STEP_KINDS: { readonly [Kind in Step['kind']]: StepKind<StepOf<Kind>> } = {
  check: checkStep,
  documents: documentsStep,
  review: reviewStep,
  assess: assessStep,
  decide: decideStep,
  pay: payStep,
  notify: notifyStep,
  wait: waitStep,
  branch: branchStep,
  call: callStep,
  end: endStep,
};

/** The kind of this very step. The cast says what the table's type guarantees: the entry under `kind` takes steps of that kind. */
export function kindOf<S extends Step>(step: S): StepKind<S> {
  return STEP_KINDS[step.kind] as unknown as StepKind<S>;
}
