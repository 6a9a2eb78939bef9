import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { packageRoot } from '#engine/settings/package-root.js';

const INSTALLED_NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
const INSTALLED_PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: CHROME_PATH, else an installed one, else the one a development dependency brings. Close it yourself. */
export async function openBrowser({ args = [] }: { readonly args?: readonly string[] } = {}): Promise<Browser> {
  const { path, env } = await findBrowser();
  return chromium.launch({ executablePath: path, headless: true, args: [...FLAGS, ...args], env: { ...definedOnly(process.env), ...env } });
}

interface FoundBrowser {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { path: named, env: {} };
    throw new Error(`CHROME_PATH is ${named}, and nothing is there`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [...folders.flatMap((folder) => INSTALLED_NAMES.map((name) => join(folder, name))), ...INSTALLED_PLACES];
  const installed = candidates.find((path) => existsSync(path));
  return installed === undefined ? unpackBrowser() : { path: installed, env: {} };
}

/** Unpacked once, inside the clone, with the libraries and fonts a bare machine lacks. */
async function unpackBrowser(): Promise<FoundBrowser> {
  const require = createRequire(import.meta.url);
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(packageRoot(), '.cache/chromium', version);
  const done = join(folder, 'chromium');
  if (!existsSync(done)) await unpackInto(folder, join(home, 'bin'));
  return { path: done, env: { FONTCONFIG_FILE: join(folder, 'fonts.conf'), ...librariesNeeded(folder) } };
}

/** The host's own libraries where it has them: the bundled ones were built for another distribution. */
function librariesNeeded(folder: string): Readonly<Record<string, string>> {
  const linked = spawnSync('ldd', [join(folder, 'chromium')], { encoding: 'utf8' }).stdout;
  if (!linked.includes('not found')) return {};
  return { LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter) };
}

function fontsConfiguration(folder: string): string {
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `<dir>${join(folder, 'fonts/fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
  ].join('\n');
}

async function unpackInto(folder: string, source: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const { inflate } = await import('@sparticuz/chromium');
  const before = process.env['TMPDIR'];
  // The package unpacks into the system's temporary folder; the clone's own cache serves the next run too.
  process.env['TMPDIR'] = unfinished;
  try {
    await Promise.all(['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) => inflate(join(source, name))));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  writeFileSync(join(unfinished, 'fonts.conf'), fontsConfiguration(folder));
  rmSync(folder, { recursive: true, force: true });
  await rename(unfinished, folder).catch((error: NodeJS.ErrnoException) => {
    if (!existsSync(join(folder, 'chromium'))) throw error;
  });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
