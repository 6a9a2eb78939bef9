/** The one way in which this project writes JSON for people: two spaces, and on one line whatever fits. */
export const JSON_WIDTH = 160;

export function writeJson(value: unknown, width: number): string {
  return write(value, { indent: 0, used: 0, width });
}

interface Place {
  readonly indent: number;
  /** Characters already on this line, and those that must still follow on it. */
  readonly used: number;
  readonly width: number;
}

function write(value: unknown, place: Place): string {
  const line = inline(value);
  const mustBreak = Array.isArray(value) && isTable(value);
  if (typeof value !== 'object' || value === null || (!mustBreak && place.used + line.length <= place.width)) return line;
  const inner = ' '.repeat(place.indent + 2);
  const outer = ' '.repeat(place.indent);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[\n${inside(value.map((part: unknown) => ['', part] as const), { inner, place })}\n${outer}]`;
  const entries = Object.entries(value).map(([name, part]) => [`${JSON.stringify(name)}: `, part] as const);
  return entries.length === 0 ? '{}' : `{\n${inside(entries, { inner, place })}\n${outer}}`;
}

function inside(parts: readonly (readonly [string, unknown])[], { inner, place }: { inner: string; place: Place }): string {
  return parts
    .map(([name, part], position) => {
      const comma = position < parts.length - 1 ? ',' : '';
      return inner + name + write(part, { indent: inner.length, used: inner.length + name.length + comma.length, width: place.width }) + comma;
    })
    .join('\n');
}

/** A list of several objects with several properties reads better one a line. */
function isTable(value: readonly unknown[]): boolean {
  return value.length > 1 && value.every((part) => typeof part === 'object' && part !== null && Object.keys(part).length > 1);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  return entries.length === 0 ? '{}' : `{ ${entries.map(([name, part]) => `${JSON.stringify(name)}: ${inline(part)}`).join(', ')} }`;
}
