import { inBoth, textOf } from './texts.js';

/** One command: a file that exports one of these, and a line in main.ts. */
export interface Command {
  readonly name: string;
  /** `<file>` required, `[path...]` any number: what stands after the name. */
  readonly arguments?: string;
  /** One line of the help, in English. */
  readonly describe: string;
  readonly options: readonly CommandOption[];
  /** Not listed in the help: used by other commands only. */
  readonly hidden?: boolean;
  /** Imports what is heavy when it runs, not before: every process of the product loads the whole list. Resolves to the exit status, 0 when all is well. Throws CommandRefused for what a person can mend. */
  run(given: Given): Promise<number>;
}

export interface CommandOption {
  /** As commander writes them: `--port-base <number>`. */
  readonly flags: string;
  readonly describe: string;
  readonly fallback?: string | boolean;
}

export interface Given {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly arguments: readonly string[];
}

/** What a person can mend: told in both languages, without a stack. The code is also the key of its sentence. */
export class CommandRefused extends Error {
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

type Params = Readonly<Record<string, string | number>>;

function isPerLanguage(params: Params | { readonly el: Params; readonly en: Params }): params is { readonly el: Params; readonly en: Params } {
  return typeof params['el'] === 'object';
}
