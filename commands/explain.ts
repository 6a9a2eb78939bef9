import { explainProgramme } from '#definitions/language/explain.js';
import type { Explained } from '#definitions/language/explain.js';
import { readSentence } from '#definitions/language/sentence-reader.js';
import { writeSentence } from '#definitions/language/sentence.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { readyProgramme } from './programmes/prepare.js';
import { STATUS, languageOf, printFindings, writeJsonLine, writeLine, tellUsage } from './programmes/print.js';
import { textOf } from './texts.js';

export const explainCommand: Command = {
  name: 'explain',
  arguments: '[path] [id]',
  options: [
    { flags: '--overlay <path>' },
    { flags: '--read <sentence>' },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: [path, id] }) => {
    if (path === undefined) return tellUsage('usage.path', options, { command: 'explain' });
    const language = languageOf(options['language']);
    const ready = await readyProgramme(path, typeof options['overlay'] === 'string' ? options['overlay'] : undefined);
    if ('findings' in ready) {
      if (options['json'] === true) writeJsonLine({ findings: ready.findings });
      else printFindings(ready.findings, language);
      return STATUS.findings;
    }
    if (typeof options['read'] === 'string') return printReading(ready.prepared.programme, { text: options['read'], language, isJson: options['json'] === true });
    const all = explainProgramme(ready.prepared.programme);
    const parts = all.filter((part) => id === undefined || part.id === id);
    if (parts.length === 0) return tellUsage('usage.explainId', options, { id: id ?? '', known: [...new Set(all.map((part) => part.id))].join(', ') });
    if (options['json'] === true) writeJsonLine({ parts });
    else printParts(parts, { language, isWhole: id === undefined });
    return STATUS.good;
  },
};

/** Nouns under whose heading their things stand; the other parts begin with a line of their own. */
const HEADED: readonly string[] = ['parameter', 'table', 'computed', 'rule', 'points', 'document'];

function printParts(parts: readonly Explained[], { language, isWhole }: { readonly language: 'el' | 'en'; readonly isWhole: boolean }): void {
  let before = '';
  for (const { noun, title, lines } of parts) {
    if (isWhole && noun !== before && HEADED.includes(noun)) writeLine(`${textOf(language, `explain.noun.${noun}`)}\n`);
    before = noun;
    writeLine(`${title[language]}\n${lines[language].map((line) => `  ${line}`).join('\n')}\n`);
  }
}

/** One rule as JSON, or what of it was not understood. */
function printReading(programme: Programme, { text, language, isJson }: { readonly text: string; readonly language: 'el' | 'en'; readonly isJson: boolean }): number {
  const reading = readSentence(programme, text, { language });
  const isRead = 'expression' in reading;
  if (isJson) writeJsonLine(isRead ? { ...reading, sentence: writeSentence(programme, reading.expression) } : reading);
  else if (isRead) writeJsonLine(reading.expression);
  else if ('unknown' in reading) writeLine(textOf(language, 'explain.unknown', { words: reading.unknown }));
  else for (const line of [textOf(language, 'explain.ambiguous'), ...reading.ambiguous.map((each) => JSON.stringify(each))]) writeLine(line);
  return isRead ? STATUS.good : STATUS.findings;
}
