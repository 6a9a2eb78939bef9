import type { FindingCode } from '#forms/findings/codes.js';
import type { FieldFinding } from '#forms/findings/finding.js';

/** What is wrong with some of a list, each told at its place. */
export function wrongMembers(list: readonly unknown[], { code, isRight }: { readonly code: FindingCode; isRight(one: unknown): boolean }): FieldFinding[] {
  const findings: FieldFinding[] = [];
  list.forEach((one, position) => isRight(one) || findings.push({ code, at: `/${position}` }));
  return findings;
}
