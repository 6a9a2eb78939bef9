import { Help, Option } from 'commander';
import type { CommanderError, Command as Program } from 'commander';
import type { Command, CommandOption } from './command.js';
import { inBoth, textOf } from './texts.js';
import type { Language } from './texts.js';

const LANGUAGES = ['el', 'en'];
const LANGUAGE = 'language';
/** What commander writes above the parts of a help, and its own words for what may stand there. */
const TITLES: Readonly<Record<string, string>> = { 'Usage:': 'help.title.usage', 'Options:': 'help.title.options', 'Commands:': 'help.title.commands' };

/** The help in one language: every sentence stands in texts/, commander's own among them. To be called before the first command is added. */
export function addHelp(program: Program, language: Language): void {
  program
    .description(textOf(language, 'help.diktyo'))
    .usage(textOf(language, 'help.usage'))
    .helpOption('-h, --help', textOf(language, 'help.help'))
    .helpCommand(textOf(language, 'help.helpCommand'), textOf(language, 'help.help'))
    .configureHelp({
      styleTitle: (title) => (TITLES[title] === undefined ? title : textOf(language, TITLES[title])),
      subcommandTerm: (command) => [command.name(), command.options.length > 0 ? textOf(language, 'help.options') : '', ...command.registeredArguments.map((argument) => new Help().argumentTerm(argument))].filter(Boolean).join(' '),
      optionDescription: ({ description, defaultValue, negate }) => (defaultValue === undefined || negate ? description : `${description} (${textOf(language, 'help.fallback', { value: String(defaultValue) })})`),
    })
    // Nothing but help and version: what is wrong with the words is told by `tellUsageError`.
    .configureOutput({ outputError: () => undefined });
}

export function describeCommand(program: Program, command: Command, language: Language): Program {
  const words = command.arguments === undefined ? command.name : `${command.name} ${command.arguments}`;
  const added = program.command(words, { hidden: command.hidden === true }).description(textOf(language, `help.${command.name}`));
  const parts = [command.options.length > 0 ? textOf(language, 'help.options') : '', command.arguments ?? ''];
  added.usage(parts.filter(Boolean).join(' '));
  for (const option of command.options) added.addOption(describeOption(option, { command: command.name, language }));
  return added;
}

function describeOption({ flags, fallback }: CommandOption, { command, language }: { readonly command: string; readonly language: Language }): Option {
  const name = /--([a-z-]+)/.exec(flags)?.[1] ?? '';
  if (name === LANGUAGE) return new Option(flags, textOf(language, 'help.language')).choices(LANGUAGES);
  const option = new Option(flags, textOf(language, `help.${command}.${name}`));
  return fallback === undefined ? option : option.default(fallback);
}

const USAGE: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'usage.optionUnknown',
  'commander.unknownCommand': 'usage.commandUnknown',
  'commander.optionMissingArgument': 'usage.optionEmpty',
  'commander.excessArguments': 'usage.argumentsMany',
  'commander.invalidArgument': 'usage.optionWrong',
};

/** What commander found wrong with the words, said by us; `undefined` for help and version, which are answers. */
export function usageErrorOf({ code, message, exitCode }: CommanderError, words: readonly string[]): { readonly code: string; readonly el: string; readonly en: string } | undefined {
  if (exitCode === 0 || code === 'commander.help' || code === 'commander.helpDisplayed') return undefined;
  const key = USAGE[code] ?? 'usage.words';
  const [first = '', second = ''] = [...message.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  const like = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(message)?.[1];
  const command = code === 'commander.unknownCommand' ? undefined : words.find((word) => !word.startsWith('-'));
  const help = command === undefined ? 'diktyo --help' : `diktyo ${command} --help`;
  const sentences = [inBoth(key, { name: first, given: second, expected: LANGUAGES.join(', ') }), ...(like === undefined ? [] : [inBoth('usage.like', { like })]), inBoth('usage.help', { help })];
  return { code: key, el: sentences.map(({ el }) => el).join(' '), en: sentences.map(({ en }) => en).join(' ') };
}
