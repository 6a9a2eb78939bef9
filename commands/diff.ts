import { compareProgrammes } from '#definitions/check/changes.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import { dateOf } from '#engine/decide/calendar.js';
import { mergeOverlay } from '#definitions/language/overlay-merge.js';
import type { OverlayConflict } from '#definitions/language/overlay-merge.js';
import type { Overlay, Programme } from '#definitions/types/programme.js';
import type { Command } from './command.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine, tellUsage } from './programmes/print.js';
import { writeChanges } from './programmes/print-changes.js';
import { checkSource, overlaysOf, readSource } from './programmes/source.js';
import { textOf } from './texts.js';

export const diffCommand: Command = {
  name: 'diff',
  arguments: '[old] [new]',
  options: [
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: paths }) => {
    if (paths.length !== 2) return tellUsage('usage.diff', options);
    const programmes: Programme[] = [];
    const overlays: (readonly Overlay[])[] = [];
    for (const path of paths) {
      const source = await readSource(path);
      const findings = await checkSource({ ...source, overlays: [], cases: [] });
      if (hasErrors(findings)) {
        if (options['json'] === true) writeJsonLine({ findings });
        else printFindings(findings, languageOf(options['language']));
        return STATUS.findings;
      }
      programmes.push(source.programme as Programme);
      overlays.push(overlaysOf(source));
    }
    const [before, after] = programmes as [Programme, Programme];
    const changes = compareProgrammes(before, after, { on: dateOf(new Date().toISOString()) });
    const conflicts = conflictsOf([before, after], overlays as [readonly Overlay[], readonly Overlay[]]);
    if (options['json'] === true) writeJsonLine({ old: hashDocument(before), new: hashDocument(after), changes, conflicts });
    else {
      writeChanges(changes);
      for (const { municipality, code, target, isBlocking, before: was, after: is, setting } of conflicts) {
        writeLine(`${isBlocking ? '✗' : '!'} ${municipality} ${code} ${target}`);
        writeLine(`    ${JSON.stringify(was)} → ${JSON.stringify(is)}; ${municipality}: ${JSON.stringify(setting)}`);
      }
      writeLine(textOf(languageOf(options['language']), 'diff.summary', { changes: changes.length, conflicts: conflicts.length }));
    }
    return STATUS.good;
  },
};

/** Where the new base and what municipalities have set touch: with the new folder's settings, else with the old one's. */
function conflictsOf([before, after]: readonly [Programme, Programme], [old, now]: readonly [readonly Overlay[], readonly Overlay[]]): readonly OverlayConflict[] {
  const municipalities = [...new Set([...old, ...now].map(({ municipality }) => municipality))].sort();
  return municipalities.flatMap((code) => {
    const [reviewed, current] = [old, now].map((list) => list.find(({ municipality }) => municipality === code));
    const overlay = current ?? reviewed;
    if (overlay === undefined) return [];
    return mergeOverlay(overlay, { before, after, ...(current === undefined || reviewed === undefined ? {} : { reviewed }) }).conflicts;
  });
}
