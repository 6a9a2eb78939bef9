import type { ProblemFinding } from '#definitions/types/wire.js';
import type { Finding } from '#forms/findings/finding.js';
import { tellFinding } from '#forms/findings/tell.js';
import { el } from '#forms/findings/texts/el.js';
import { en } from '#forms/findings/texts/en.js';

const FINDINGS_MAX = 200;

/** What the form says of the answers: its sentence tells what is wrong and how to mend it; values are never repeated. */
export function answerFindings(findings: readonly Finding[], at: string): readonly ProblemFinding[] {
  return findings.slice(0, FINDINGS_MAX).map((finding) => {
    const message = { el: tellFinding(finding, el), en: tellFinding(finding, en) };
    return { code: finding.code, pointer: `${at}${finding.pointer}`.slice(0, 1000), message, fix: message };
  });
}
