import { readFileSync, writeFileSync } from 'node:fs';

export const median = (values) => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const round = (value, digits = 2) => Number(value.toFixed(digits));

/** The ratio of two sides, round by round: its middle, and the least and the most that a round gave. */
export function compareRounds(one, other, key) {
  const ratios = one.map((round_, index) => round_[key] / other[index][key]);
  return { middle: median(ratios), spread: `rounds ${round(Math.min(...ratios))} to ${round(Math.max(...ratios))}` };
}

/** A Markdown table; `rows` are arrays of cells. */
export function printTable(heading, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Replaces what stands between the two marks of `section` in the README of this folder. */
export function keepTable(section, text) {
  const file = new URL('README.md', import.meta.url);
  const before = readFileSync(file, 'utf8');
  const from = `<!-- ${section} -->`;
  const to = `<!-- /${section} -->`;
  const start = before.indexOf(from);
  const end = before.indexOf(to);
  if (start < 0 || end < 0) throw new Error(`README.md of tests/bench has no section ${section}`);
  writeFileSync(file, `${before.slice(0, start + from.length)}\n${text}\n${before.slice(end)}`);
}
