import type { Localised } from '#definitions/types/wire.js';
import type { KnownMunicipality } from '../plugins/origins.js';
import { escapeText, page } from './markup.js';
import { pageText } from './texts.js';

interface IndexParts {
  readonly municipalities: readonly KnownMunicipality[];
  readonly demo: boolean;
}

/** Where a person who typed the engine's address finds their way: first to those that take applications here. */
export function describeIndex({ municipalities, demo }: IndexParts): string {
  const sorted = municipalities.toSorted((left, right) => left.name.el.localeCompare(right.name.el, 'el'));
  const listed = (title: 'index.offering' | 'index.others', list: readonly KnownMunicipality[]): string => {
    const links = list.map((municipality) => `<li><a href="/municipalities/${escapeText(municipality.code)}">${escapeText(titleOf(municipality))}</a></li>`);
    return list.length === 0 ? '' : `<h2>${escapeText(pageText(title))}</h2><ul>${links.join('\n')}</ul>`;
  };
  const body = [
    banner(demo),
    `<main><h1>${escapeText(pageText('index.title'))}</h1><p>${escapeText(pageText('index.intro'))}</p>`,
    listed('index.offering', sorted.filter(({ programmeCount }) => programmeCount > 0)),
    `<p><a href="/desk">${escapeText(pageText('index.desk'))}</a></p><p><a href="/api">${escapeText(pageText('index.interface'))}</a></p>`,
    listed('index.others', sorted.filter(({ programmeCount }) => programmeCount === 0)),
    '</main>',
  ].join('\n');
  return page({ title: pageText('index.title'), body });
}

interface MunicipalityParts {
  readonly municipality: KnownMunicipality;
  readonly programmes: readonly { readonly id: string; readonly title: Localised; readonly summary: Localised }[];
  readonly demo: boolean;
}

export function describeMunicipality({ municipality, programmes, demo }: MunicipalityParts): string {
  const code = escapeText(municipality.code);
  const items = programmes.map(({ id, title, summary }) => `<li><a href="/apply/${code}/${escapeText(id)}">${escapeText(title.el)}</a><p>${escapeText(summary.el)}</p></li>`);
  const body = [
    banner(demo),
    `<main><h1>${escapeText(titleOf(municipality))}</h1><h2>${escapeText(pageText('index.programmes'))}</h2>${items.length === 0 ? `<p>${escapeText(pageText('index.empty'))}</p>` : `<ul>${items.join('\n')}</ul>`}`,
    `<p><a href="/track/${code}">${escapeText(pageText('index.track'))}</a></p><p><a href="/">${escapeText(pageText('index.all'))}</a></p></main>`,
  ].join('\n');
  return page({ title: titleOf(municipality), body });
}

interface WidgetParts {
  readonly widget: 'apply' | 'track';
  readonly heading?: string;
  readonly municipality: KnownMunicipality;
  readonly attributes: Readonly<Record<string, string>>;
  readonly demo: boolean;
  readonly phone?: string;
  readonly language?: 'el' | 'en';
}

/** A widget as a whole page: for posters, messages and sites that cannot embed. */
export function describeWidget({ widget, heading, municipality, attributes, demo, phone, language = 'el' }: WidgetParts): string {
  const title = heading ?? pageText(`${widget}.title`, language);
  const owner = titleOf(municipality, language);
  const other = language === 'el' ? 'en' : 'el';
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeText(value)}"`);
  const call = phone === undefined ? '' : ` <a href="tel:${escapeText(phone.replace(/[^+0-9]/g, ''))}">${escapeText(phone)}</a>`;
  // What the widget itself says stands inside: until it runs, and where it cannot. An application says whose it is, and in which
  // other language it speaks; who follows one reads both above it.
  const saysWhose = widget === 'apply';
  const whose = saysWhose ? '' : `<span>${escapeText(owner)}</span>`;
  const nav = `<nav>${whose}<a href="?lang=${other}" lang="${other}" hreflang="${other}">${escapeText(pageText('language.name', other))}</a></nav>`;
  const inside = `${saysWhose ? `<p>${escapeText(owner)}</p>` : ''}<h1>${escapeText(title)}</h1><p>${escapeText(pageText('script.needed', language))}${call}</p>`;
  const body = [
    banner(demo, language),
    saysWhose ? '' : nav,
    `<main><diktyo-${widget} heading-level="1" lang="${language}"${given.join('')}>${saysWhose ? nav : ''}${inside}</diktyo-${widget}></main>`,
  ].join('\n');
  return page({ title: `${title} · ${owner}`, language, body, deferred: ['/embed/v1.js'] });
}

function titleOf({ name }: KnownMunicipality, language: 'el' | 'en' = 'el'): string {
  return pageText('municipality.of', language).replace('{name}', name[language]);
}

function banner(demo: boolean, language: 'el' | 'en' = 'el'): string {
  return demo ? `<header class="banner">${escapeText(pageText('demo.banner', language))}</header>` : '';
}
