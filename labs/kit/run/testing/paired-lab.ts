import { readFileSync } from 'node:fs';
import lab04 from '../../../04-topics/lab.ts';
import type { Lab } from '../define.ts';
import { solutionSource, type Source } from '../sources.ts';
import { solutionOf } from '../starter.ts';
import type { TempFolder } from './temp-folder.ts';

/** Lab 04 with a second bus that stands by. */
export const pairedLab: Lab = { ...lab04, standby: true };

/** Those of its services that know both buses; the others know the first alone. */
export const movers: readonly string[] = ['order-service', 'warehouse'];

/** Its solution, in which the movers go from one bus to the other, written into a folder. */
export function pairedSource(folder: TempFolder): Source {
  const files = new Map(
    movers.map((name) => [`${name}.ts`, folder.write(`${name}.ts`, moving(`${name}.ts`))]),
  );
  return (file) => files.get(file) ?? solutionSource(lab04)(file);
}

/** MQTT.js tries its `servers` one after the other, beginning anew after the last. */
function moving(file: string): string {
  const text = solutionOf(readFileSync(solutionSource(lab04)(file), 'utf8'));
  return `${text.replace(
    'mqtt.connect(EVENT_BUS_URL!, {',
    'mqtt.connect({ servers: [EVENT_BUS_URL!, process.env.EVENT_BUS_STANDBY_URL!].map(server),',
  )}
function server(url: string) {
  const { hostname: host, port } = new URL(url);
  return { protocol: 'mqtt' as const, host, port: Number(port) };
}
`;
}
