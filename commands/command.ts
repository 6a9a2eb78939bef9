import { inBoth, textOf } from './texts.js';

/** One command: a file that exports one of these, a line in main.ts, and its sentences of the help in texts/ (`help.<name>`, `help.<name>.<option>`). */
export interface Command {
  readonly name: string;
  /** `<file>` required, `[path...]` any number: what stands after the name. */
  readonly arguments?: string;
  readonly options: readonly CommandOption[];
  /** Not listed in the help: used by other commands only. */
  readonly hidden?: boolean;
  /** Imports what is heavy when it runs, not before: every process of the product loads the whole list. Resolves to the exit status, 0 when all is well. Throws CommandRefused for what a person can mend. */
  run(given: Given): Promise<number>;
}

export interface CommandOption {
  /** As commander writes them: `--port-base <number>`. */
  readonly flags: string;
  readonly fallback?: string | boolean;
}

export interface Given {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly arguments: readonly string[];
}

/**
 * Exit statuses of every command. 0: done, nothing to mend. 1: refused, failed, or findings. 2: nothing was begun, because the
 * words (unknown or missing command, option, argument; a value that cannot be taken) or the settings cannot be used.
 */
export const STATUS = { good: 0, refused: 1, findings: 1, usage: 2 } as const;

/** What a person can mend: told in both languages, without a stack. The code is also the key of its sentence. */
export class CommandRefused extends Error {
  readonly status: number = STATUS.refused;
  readonly code: string;
  readonly texts: { readonly el: string; readonly en: string };

  constructor(code: string, params: Params | { readonly el: Params; readonly en: Params } = {}) {
    const texts = isPerLanguage(params) ? { el: textOf('el', code, params.el), en: textOf('en', code, params.en) } : inBoth(code, params);
    super(texts.en);
    this.name = 'CommandRefused';
    this.code = code;
    this.texts = texts;
  }
}

/** The words or the settings cannot be taken as they are given: nothing was begun. */
export class UsageRefused extends CommandRefused {
  override readonly status = STATUS.usage;
}

type Params = Readonly<Record<string, string | number>>;

function isPerLanguage(params: Params | { readonly el: Params; readonly en: Params }): params is { readonly el: Params; readonly en: Params } {
  return typeof params['el'] === 'object';
}
