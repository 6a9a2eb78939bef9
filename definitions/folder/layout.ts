import { JSON_WIDTH, writeJson } from './json-text.js';

interface FolderFile {
  readonly file: string;
  readonly parts: readonly [string, ...string[]];
  /** The file is the part itself. */
  readonly isWhole: boolean;
  /** A programme without this part has no such file. */
  readonly isOptional?: boolean;
}

/** Which file of a programme's folder holds which parts of the document. */
export const FOLDER_FILES: readonly FolderFile[] = [
  { file: 'form.json', parts: ['form'], isWhole: true },
  { file: 'documents.json', parts: ['documents'], isWhole: true },
  { file: 'parameters.json', parts: ['parameters'], isWhole: true },
  { file: 'tables.json', parts: ['tables'], isWhole: true },
  { file: 'rules.json', parts: ['facts', 'computed', 'rules', 'points'], isWhole: false },
  { file: 'flow.json', parts: ['flow'], isWhole: true },
  { file: 'messages.json', parts: ['messages'], isWhole: true },
  { file: 'calendar.json', parts: ['calendar'], isWhole: true, isOptional: true },
  { file: 'stock.json', parts: ['stock'], isWhole: true, isOptional: true },
  { file: 'indicators.json', parts: ['indicators'], isWhole: true, isOptional: true },
];

export const PROGRAMME_FILE = 'programme.json';
export const OVERLAYS_FOLDER = 'overlays';
export const CASES_FOLDER = 'cases';

type Parts = Readonly<Record<string, unknown>>;

/** A document as the files of a folder (name → value), in the order in which they are written. */
export function splitDocument(document: Parts): ReadonlyMap<string, unknown> {
  const moved: readonly string[] = FOLDER_FILES.flatMap(({ parts }) => [...parts]);
  const files = new Map<string, unknown>([[PROGRAMME_FILE, pick(document, (name) => !moved.includes(name))]]);
  for (const { file, parts, isWhole } of FOLDER_FILES) {
    const value = isWhole ? document[parts[0]] : pickInOrder(document, parts);
    if (value !== undefined) files.set(file, value);
  }
  return files;
}

/** The files of a folder as one document; its parts stand after the small things, in the order of the layout. */
export function joinDocument(files: ReadonlyMap<string, unknown>): Parts {
  const document: Record<string, unknown> = { ...(files.get(PROGRAMME_FILE) as Parts | undefined) };
  for (const { file, parts, isWhole } of FOLDER_FILES) {
    const value = files.get(file);
    if (value === undefined) continue;
    Object.assign(document, isWhole ? { [parts[0]]: value } : pickInOrder(value as Parts, parts));
  }
  return document;
}

/** Where in a folder a pointer into the whole document stands: `/rules/3/condition` → `rules.json`, same pointer. */
export function placeInFolder(pointer: string): { readonly file: string; readonly pointer: string } {
  const [, head = '', ...rest] = pointer.split('/');
  const found = FOLDER_FILES.find(({ parts }) => parts.includes(head));
  if (found === undefined) return { file: PROGRAMME_FILE, pointer };
  return { file: found.file, pointer: found.isWhole ? rest.map((segment) => `/${segment}`).join('') : pointer };
}

function pick(parts: Parts, wanted: (name: string) => boolean): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => wanted(name)));
}

function pickInOrder(parts: Parts, names: readonly string[]): Parts {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(parts, name)).map((name) => [name, parts[name]]));
}

export function writeFile(value: unknown): string {
  return `${writeJson(value, JSON_WIDTH)}\n`;
}
