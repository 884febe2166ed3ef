import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where a browser was found; Playwright's own needs no path. */
export interface FoundBrowser {
  how: 'CHROMIUM_PATH' | 'Playwright' | 'system';
  executablePath: string;
}

/** Flags that any Chromium of ours gets: quiet, no sandbox (root and containers), no calls home. */
export const browserFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

const linux = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
];
const macos = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const windows = [
  process.env['PROGRAMFILES'],
  process.env['PROGRAMFILES(X86)'],
  process.env['LOCALAPPDATA'],
].flatMap((folder) => (folder ? [`${folder}\\Google\\Chrome\\Application\\chrome.exe`] : []));

const systemPaths: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: macos,
  linux,
  win32: windows,
};

/** The line that installs a browser on this platform, for messages that miss one. */
export const browserMissing: string =
  process.platform === 'linux'
    ? 'sudo apt-get install --no-install-recommends chromium'
    : 'npx playwright install chromium';

/**
 * Finds a Chromium: `CHROMIUM_PATH`, else Playwright's own, else a system Chrome or Chromium.
 * @returns undefined if there is none
 * @throws if `CHROMIUM_PATH` is set and no file is there: silently using another would surprise
 */
export function findBrowser(): FoundBrowser | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (existsSync(named)) return { how: 'CHROMIUM_PATH', executablePath: named };
    throw new Error(
      `[set-up] CHROMIUM_PATH names no file: got ${named}, expected a Chromium or Chrome. ` +
        'Try: correct it, or unset it to have one found',
    );
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { how: 'Playwright', executablePath: own };
  const system = systemPaths[process.platform]?.find((file) => existsSync(file));
  return system === undefined ? undefined : { how: 'system', executablePath: system };
}
