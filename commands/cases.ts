import { applyOverlay } from '#definitions/language/overlay.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import { runCase } from '#definitions/language/programme-case.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine, tellUsage } from './programmes/print.js';
import { casesOf, checkSource, overlaysOf, programmesIn, readSource } from './programmes/source.js';
import type { Source } from './programmes/source.js';
import { textOf } from './texts.js';

export const casesCommand: Command = {
  name: 'cases',
  arguments: '[path...]',
  options: [
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: paths }) => {
    if (paths.length === 0) return tellUsage('usage.path', options, { command: 'cases' });
    const results: Result[] = [];
    for (const path of (await Promise.all(paths.map(programmesIn))).flat()) {
      const source = await readSource(path);
      const findings = await checkSource(source);
      if (hasErrors(findings)) {
        if (options['json'] === true) writeJsonLine({ findings });
        else printFindings(findings, languageOf(options['language']));
        return STATUS.findings;
      }
      results.push(...resultsOf(source));
    }
    const failed = results.filter(({ differences }) => differences.length > 0);
    if (options['json'] === true) writeJsonLine({ passed: results.length - failed.length, failed: failed.length, cases: results });
    else {
      const language = languageOf(options['language']);
      for (const { programme, name, differences } of failed) for (const line of differences) writeLine(`✗ ${programme} ${name}: ${textOf(language, 'cases.difference', { ...line })}`);
      writeLine(textOf(language, 'cases.summary', { passed: results.length - failed.length, failed: failed.length }));
    }
    return failed.length === 0 ? STATUS.good : STATUS.findings;
  },
};

interface Result {
  readonly programme: string;
  readonly name: string;
  readonly differences: ReturnType<typeof runCase>;
}

function resultsOf(source: Source): readonly Result[] {
  const base = source.programme as Programme;
  const prepared = new Map<string, PreparedProgramme>();
  return casesOf(source).map(({ name, example }) => {
    const code = example.overlay ?? '';
    const ready = prepared.get(code) ?? prepareFor(source, { base, code });
    if (ready === undefined) return { programme: base.id, name, differences: [{ what: 'overlay', expected: code, found: '–' }] };
    prepared.set(code, ready);
    return { programme: base.id, name, differences: runCase(ready, example) };
  });
}

function prepareFor(source: Source, { base, code }: { base: Programme; code: string }): PreparedProgramme | undefined {
  if (code === '') return prepareProgramme(base);
  const overlay = overlaysOf(source).find(({ municipality }) => municipality === code);
  const applied = overlay === undefined ? undefined : applyOverlay(base, overlay);
  return applied !== undefined && 'programme' in applied ? prepareProgramme(applied.programme) : undefined;
}
