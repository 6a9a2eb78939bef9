import type { ProblemCode } from '../problems/catalogue.js';
import { PROBLEMS } from '../problems/catalogue.js';
import { textsOf } from '../problems/problem.js';
import { escapeText, page } from './markup.js';
import { pageText } from './texts.js';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> }>>;
}

export interface InterfaceDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The operations, one a row: what a person needs before opening the OpenAPI document. */
export function describeInterface({ paths = {} }: InterfaceDocument): string {
  const rows = Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => row({ path, method, operation })));
  const heads = ['method', 'path', 'what', 'who', 'body', 'answer'].map((name) => `<th scope="col">${escapeText(pageText(`interface.${name}`))}</th>`);
  const body = [
    `<main><h1>${escapeText(pageText('interface.title'))}</h1><p>${escapeText(pageText('interface.intro'))}</p>`,
    `<ul><li><a href="/api/v1/openapi.json">OpenAPI 3.1</a></li><li><a href="/api/problems">${escapeText(pageText('problems.title'))}</a></li></ul>`,
    `<div class="scroll" tabindex="0"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></main>`,
  ].join('\n');
  return page({ title: pageText('interface.title'), body });
}

function row({ path, method, operation }: { readonly path: string; readonly method: string; readonly operation: Operation }): string {
  const who = Object.keys(operation.security?.[0] ?? { anyone: [] })[0] ?? 'anyone';
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
  const cells = [
    `<td class="method">${escapeText(method.toUpperCase())}</td>`,
    `<td><code>${escapeText(path)}</code></td>`,
    `<td>${escapeText([operation.summary, operation.description].filter(Boolean).join(' '))}</td>`,
    `<td>${escapeText(pageText(`who.${who}`))}</td>`,
    `<td><code>${escapeText(nameOf(operation.requestBody))}</code></td>`,
    `<td><code>${escapeText(nameOf(success))}</code></td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function nameOf(part: { readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> } | undefined): string {
  const names = Object.values(part?.content ?? {}).map(({ schema }) => schema?.$ref?.split('/').at(-1) ?? '');
  return [...new Set(names)].join(' ');
}

export function describeProblems(): string {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const rows = codes.map((code) => `<tr><td><a href="/api/problems/${code}"><code>${code}</code></a></td><td>${statusOf(code)}</td><td>${escapeText(textsOf(code).el.title)}</td><td lang="en">${escapeText(textsOf(code).en.title)}</td></tr>`);
  const body = `<main><h1>${escapeText(pageText('problems.title'))}</h1><div class="scroll" tabindex="0"><table><tbody>${rows.join('\n')}</tbody></table></div><p><a href="/api">${escapeText(pageText('interface.title'))}</a></p></main>`;
  return page({ title: pageText('problems.title'), body });
}

export function describeProblem(code: ProblemCode): string {
  const texts = textsOf(code);
  const section = (language: 'el' | 'en'): string => {
    const { title, detail, fix } = texts[language];
    return `<section lang="${language}"><h2>${escapeText(title)}</h2><p>${escapeText(detail)}</p><p>${escapeText(fix)}</p></section>`;
  };
  const body = `<main><h1><code>${code}</code> ${statusOf(code)}</h1>${section('el')}${section('en')}<p><a href="/api/problems">${escapeText(pageText('problems.title'))}</a></p></main>`;
  return page({ title: code, body });
}

function statusOf(code: ProblemCode): string {
  const { status } = PROBLEMS[code];
  return status === 0 ? '' : `HTTP ${status}`;
}
