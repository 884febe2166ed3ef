import { findMosquitto, mosquittoMissing } from '../../labs/kit/run/find-mosquitto.ts';
import { browserMissing, findBrowser } from '../find-browser.ts';
import { aptInstall, canInstall, playwrightInstall } from '../install.ts';

/** A program that some tests need and that npm does not bring. */
export type ProgramName = 'browser' | 'mosquitto';

interface Program {
  label: string;
  find: () => unknown;
  debian: string;
  missing: string;
  /** A way to get it that needs no rights. */
  fetch?: () => Promise<string>;
}

const programs: Record<ProgramName, Program> = {
  browser: {
    label: 'a Chromium browser',
    find: findBrowser,
    debian: 'chromium',
    missing: browserMissing,
    fetch: playwrightInstall,
  },
  mosquitto: {
    label: 'the Mosquitto broker',
    find: findMosquitto,
    debian: 'mosquitto',
    missing: mosquittoMissing,
  },
};

/** A program that is not there, and the line that installs it. */
export interface Missing {
  name: ProgramName;
  label: string;
  install: string;
}

/**
 * Finds programs, and installs those that are missing if that can be done without asking.
 * @param names what the chosen steps need
 * @param say is told of each installation before it begins
 * @returns what is still missing
 */
export async function ensurePrograms(
  names: Iterable<ProgramName>,
  say: (text: string) => void,
): Promise<Missing[]> {
  const missing = [...new Set(names)].filter((name) => !programs[name].find());
  if (missing.length > 0 && canInstall()) {
    const labels = missing.map((name) => programs[name].label).join(' and ');
    say(`installing ${labels} (apt-get) …`);
    await aptInstall(missing.map((name) => programs[name].debian));
  }
  for (const name of missing) {
    const { fetch, find, label } = programs[name];
    if (!fetch || find()) continue;
    say(`downloading ${label} …`);
    await fetch();
  }
  return missing
    .filter((name) => !programs[name].find())
    .map((name) => ({ name, label: programs[name].label, install: programs[name].missing }));
}
