import { readFileSync } from 'node:fs';
import type { CheckFinding } from '#definitions/check/check.js';
import { STATUS } from '../command.js';
import type { Given } from '../command.js';
import { inBoth, terminalLanguage, textOf } from '../texts.js';
import { lineOf } from './place.js';

export { STATUS };

export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function writeJsonLine(value: unknown): void {
  writeLine(JSON.stringify(value));
}

export function languageOf(given: unknown): 'el' | 'en' {
  return given === 'el' || given === 'en' ? given : terminalLanguage();
}

/** `rules.json:41`, where an editor jumps to; a file that is no JSON has no lines to find. */
function placeOf(file: string, pointer: string): string {
  try {
    return `${file}:${lineOf(readFileSync(file, 'utf8'), pointer)}`;
  } catch {
    return file;
  }
}

/** Findings one below the other: what, where, how to mend. */
export function printFindings(findings: readonly CheckFinding[], language: 'el' | 'en'): void {
  for (const { severity, code, file, pointer, message, fix } of findings) {
    writeLine(`${severity === 'error' ? '✗' : '!'} ${placeOf(file, pointer)}${pointer === '' ? '' : `  ${pointer}`}  ${code}`);
    writeLine(`    ${message[language]}`);
    writeLine(`    → ${fix[language]}`);
  }
}

export function hasErrors(findings: readonly CheckFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** What was asked in a way that nobody understands: what is missing and how it is written, and the exit status of such. */
export function tellUsage(key: string, options: Given['options'], params: Params = {}): number {
  tellSentence(key, options, params);
  return STATUS.usage;
}

/** What was understood and cannot be done. */
export function tellRefused(key: string, options: Given['options'], params: Params = {}): number {
  tellSentence(key, options, params);
  return STATUS.refused;
}

type Params = Readonly<Record<string, string>>;

/** In the language that was asked for; for programs in both. */
function tellSentence(key: string, options: Given['options'], params: Params): void {
  if (options['json'] === true) writeJsonLine({ error: { code: key, ...inBoth(key, params) } });
  else process.stderr.write(`${textOf(languageOf(options['language']), key, params)}\n`);
}
