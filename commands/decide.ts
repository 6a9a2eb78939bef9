import { parseDate } from '#definitions/language/dates.js';
import { evaluateProgramme } from '#definitions/language/programme.js';
import type { Answers, Decision, Situation } from '#definitions/language/programme.js';
import { nameRead } from '#definitions/language/sentences/read-names.js';
import { sentence, writeValue } from '#definitions/language/wording.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command, Given } from './command.js';
import { readJsonFile, readyProgramme } from './programmes/prepare.js';
import { STATUS, languageOf, printFindings, tellRefused, tellUsage, writeJsonLine, writeLine } from './programmes/print.js';
import { textOf } from './texts.js';

export const decideCommand: Command = {
  name: 'decide',
  options: [
    { flags: '--programme <path>' },
    { flags: '--answers <file>' },
    { flags: '--facts <file>' },
    { flags: '--findings <file>' },
    { flags: '--documents <file>' },
    { flags: '--overlay <path>' },
    { flags: '--as-of <date>' },
    { flags: '--filed' },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options }) => {
    const { programme, answers, overlay } = options;
    const asOf = options['asOf'] ?? new Date().toISOString().slice(0, 10);
    if (typeof programme !== 'string' || typeof answers !== 'string' || parseDate(asOf) === null) return tellUsage('usage.decide', options);
    const ready = await readyProgramme(programme, typeof overlay === 'string' ? overlay : undefined);
    if ('findings' in ready) return tellFindings(ready, options);
    const situation = await situationOf(options, asOf as string);
    if ('wrongFile' in situation) return tellRefused('decide.noObject', options, { file: situation.wrongFile });
    if ('findings' in situation) return tellFindings(situation, options);
    const decision = evaluateProgramme(ready.prepared, situation.situation);
    if (options['json'] === true) writeJsonLine(decision);
    else printDecision(decision, { programme: ready.prepared.programme, language: languageOf(options['language']) });
    return STATUS.good;
  },
};

type Unready = Extract<Awaited<ReturnType<typeof readyProgramme>>, { readonly findings: unknown }>;

function tellFindings({ findings }: Unready, options: Given['options']): number {
  if (options['json'] === true) writeJsonLine({ findings });
  else printFindings(findings, languageOf(options['language']));
  return STATUS.findings;
}

async function situationOf(options: Given['options'], asOf: string): Promise<{ readonly situation: Situation } | Unready | { readonly wrongFile: string }> {
  const parts: Record<string, Answers> = {};
  for (const name of ['answers', 'facts', 'findings', 'documents'] as const) {
    const path = options[name];
    if (typeof path !== 'string') continue;
    const read = await readJsonFile(path);
    if ('findings' in read) return read;
    if (!isObject(read.value)) return { wrongFile: path };
    parts[name] = read.value;
  }
  return { situation: { answers: {}, ...parts, asOf, isFiled: options['filed'] === true } };
}

function isObject(value: unknown): value is Answers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MARKS = { true: '✓', false: '✗', unknown: '?', notApplicable: '–' } as const;

/** As an official reads it: names and amounts as the form and the notice write them, every word in one language. */
function printDecision(decision: Decision, { programme, language }: { readonly programme: Programme; readonly language: 'el' | 'en' }): void {
  const date = writeValue(decision.asOf, { kind: 'date', language });
  writeLine(`${sentence(programme.title, language)} (${decision.version.slice(0, 15)}…), ${date}: ${textOf(language, `decide.outcome.${decision.outcome}`)}`);
  for (const rule of decision.rules) {
    writeLine(`  ${MARKS[rule.value]} ${sentence(rule.title, language)}: ${sentence(rule.reason, language)} [${rule.legalBasis}]`);
    if (rule.nearest !== undefined) writeLine(`      ${sentence(rule.nearest.text, language)}`);
    if (rule.missing.length > 0) writeLine(`      ${textOf(language, 'decide.missing', { names: rule.missing.map((path) => nameRead(programme, path, language)).join(', ') })}`);
  }
  for (const line of decision.points.lines) writeLine(`  ${line.points ?? interval(line)} ${sentence(line.reason, language)}`);
  if (decision.points.lines.length > 0) writeLine(`  = ${decision.points.total ?? interval(decision.points)}`);
  for (const { id, title, type } of programme.computed) {
    writeLine(`  ${sentence(title, language)}: ${writeValue(decision.computed[id] ?? null, { kind: type, language, ...(programme.currency === undefined ? {} : { currency: programme.currency }) })}`);
  }
}

function interval({ min, max }: { readonly min: number | null; readonly max: number | null }): string {
  return `${min ?? '–∞'}…${max ?? '∞'}`;
}
