import { CAPS } from './caps.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

export type JsonSource = { readonly value: unknown } | { readonly drafts: readonly Draft[] };

/** Reads JSON more strictly than `JSON.parse`: size and depth are bounded, and no name may stand twice in one object. */
export function readJsonSource(text: string): JsonSource {
  if (text.length > CAPS.bytesMax * 4) return { drafts: [{ code: 'capBytes', pointer: '', params: { limit: CAPS.bytesMax * 4 } }] };
  const scanned = scan(text);
  if (scanned.some(({ code }) => code === 'capDepth')) return { drafts: scanned };
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return scanned.length > 0 ? { drafts: scanned } : { value };
  } catch {
    const at = offsetOfMistake(text);
    const near = text.slice(at).trim().split('\n')[0]?.slice(0, 30) ?? '';
    return { drafts: [{ code: 'jsonSyntax', pointer: '', params: { line: text.slice(0, at).split('\n').length, near: near === '' ? '…' : near } }] };
  }
}

interface Level {
  readonly names: Set<string> | null;
  readonly pointer: string;
  /** The name or position that the next value has. */
  at: string | number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Walks the brackets and names only; what is no JSON at all is left to the parser. */
function scan(text: string): readonly Draft[] {
  const drafts: Draft[] = [];
  const levels: Level[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      if (levels.length >= CAPS.depthMax) return [{ code: 'capDepth', pointer: '', params: { limit: CAPS.depthMax } }];
      levels.push({ names: token === '{' ? new Set() : null, pointer: level === undefined ? '' : below(level.pointer, level.at), at: 0 });
    } else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && level !== undefined && level.names === null) level.at = Number(level.at) + 1;
    else if (token === ':' && level?.names !== null && level !== undefined) {
      const name = nameOf(last);
      if (level.names.has(name)) drafts.push({ code: 'jsonRepeated', pointer: below(level.pointer, name), params: { name } });
      level.names.add(name);
      level.at = name;
    }
    last = token;
    if (drafts.length >= CAPS.findingsMax) return drafts;
  }
  return drafts;
}

function nameOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

const PIECE = /\s*(?:("(?:[^"\\]|\\.)*")|([{}[\],:])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true|false|null))/y;

type Wanted = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | ':' | ',OrEnd';

/** Where the first piece stands that cannot stand there. Parsers tell it in words of their own, and not always. */
function offsetOfMistake(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  let [at, before] = [text.charCodeAt(0) === 0xfeff ? 1 : 0, 0];
  for (;;) {
    PIECE.lastIndex = at;
    const found = PIECE.exec(text);
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    if (found === null) return start >= text.length ? before : start;
    const token = found[0].trim();
    const next = afterPiece(token, { wanted, open });
    if (next === undefined) return start;
    wanted = next;
    before = start;
    at = PIECE.lastIndex;
  }
}

function afterPiece(token: string, { wanted, open }: { readonly wanted: Wanted; readonly open: string[] }): Wanted | undefined {
  const inside = open.at(-1);
  if (token === '}' || token === ']') {
    const isEnd = inside === (token === '}' ? '{' : '[') && (wanted === ',OrEnd' || (token === '}' ? wanted === 'nameOrEnd' : wanted === 'valueOrEnd'));
    if (isEnd) open.pop();
    return isEnd ? ',OrEnd' : undefined;
  }
  if (token === ':') return wanted === ':' ? 'value' : undefined;
  if (token === ',') return wanted === ',OrEnd' && inside !== undefined ? (inside === '{' ? 'name' : 'value') : undefined;
  if (wanted === 'name' || wanted === 'nameOrEnd') return token.startsWith('"') ? ':' : undefined;
  if (wanted !== 'value' && wanted !== 'valueOrEnd') return undefined;
  if (token !== '{' && token !== '[') return ',OrEnd';
  open.push(token);
  return token === '{' ? 'nameOrEnd' : 'valueOrEnd';
}
