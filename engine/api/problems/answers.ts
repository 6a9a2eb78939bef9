import type { Programme } from '#definitions/types/programme.js';
import type { ProblemFinding } from '#definitions/types/wire.js';
import type { Finding } from '#forms/findings/finding.js';
import { tellFinding } from '#forms/findings/tell.js';
import { el } from '#forms/findings/texts/el.js';
import { en } from '#forms/findings/texts/en.js';
import { expectedAnswer } from './expected.js';

const FINDINGS_MAX = 200;

/** What the form says of the answers, in its own sentence, and what the API takes instead; values are never repeated. */
export function answerFindings(findings: readonly Finding[], programme: Programme): readonly ProblemFinding[] {
  return findings.slice(0, FINDINGS_MAX).map((finding) => {
    const message = { el: tellFinding(finding, el), en: tellFinding(finding, en) };
    return { code: finding.code, pointer: `/answers${finding.pointer}`.slice(0, 1000), message, ...expectedAnswer(programme, finding.pointer) };
  });
}
