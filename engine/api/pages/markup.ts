/** Text that is safe between tags and inside double-quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface PageParts {
  readonly title: string;
  readonly language?: string;
  /** Already safe markup. */
  readonly body: string;
  /** Addresses of style sheets and module scripts of this origin. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** Addresses of classic scripts of this origin. */
  readonly deferred?: readonly string[];
}

/** A whole page without one inline script or style. */
export function page({ title, language = 'el', body, styles = ['/pages/page.css'], scripts = [], deferred = [] }: PageParts): string {
  const links = styles.map((address) => `<link rel="stylesheet" href="${escapeText(address)}">`);
  const modules = scripts.map((address) => `<script type="module" src="${escapeText(address)}"></script>`);
  const classic = deferred.map((address) => `<script defer src="${escapeText(address)}"></script>`);
  return [
    `<!doctype html><html lang="${escapeText(language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">',
    `<title>${escapeText(title)}</title>`, ...links, ...modules, ...classic, '</head><body>', body, '</body></html>',
  ].join('\n');
}
