import type { CheckFinding } from '#definitions/check/check.js';

/** Exit statuses of the commands about programmes. */
export const STATUS = { good: 0, findings: 1, usage: 2 } as const;

export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function writeJsonLine(value: unknown): void {
  writeLine(JSON.stringify(value));
}

export function languageOf(given: unknown): 'el' | 'en' {
  if (given === 'el' || given === 'en') return given;
  const locale = process.env['DIKTYO_LANGUAGE'] ?? process.env['LC_ALL'] ?? process.env['LANG'] ?? '';
  return locale.startsWith('el') ? 'el' : 'en';
}

/** Findings one below the other: what, where, how to mend. */
export function printFindings(findings: readonly CheckFinding[], language: 'el' | 'en'): void {
  for (const { severity, code, file, pointer, message, fix } of findings) {
    writeLine(`${severity === 'error' ? '✗' : '!'} ${file}${pointer === '' ? '' : `#${pointer}`}  ${code}`);
    writeLine(`    ${message[language]}`);
    writeLine(`    → ${fix[language]}`);
  }
}

export function hasErrors(findings: readonly CheckFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
