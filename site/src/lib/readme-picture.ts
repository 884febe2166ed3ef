/** The picture in the README: chapter 1's diagram, made from its flow. Run this file to write it anew. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nineHops from '../../../labs/01-nine-hops/flow.ts';
import { styledDiagram } from './diagram.ts';

export const pictureFile = fileURLToPath(
  new URL('../../../.github/nine-hops.svg', import.meta.url),
);

// A picture on its own has no page around it: it brings the colours of the pages' light scheme.
const style = `<style>
.flow { --flow-box: #fff; --flow-text: #1d2228; --flow-line: #857e6d; --flow-badge: #1b5aa9; --flow-message-queue: #a3460b; background: #fdfcf9 }
.flow [data-hop] { fill: var(--flow-badge); stroke: none }
.flow .event-driven { --flow-badge: #a3460b }
.flow [data-hop] text { fill: #fff; font-weight: 700 }
</style>`;

/** The README's picture as SVG; the same bytes every time. */
export async function readmePicture(): Promise<string> {
  const svg = await styledDiagram(nineHops, 'RIGHT');
  const [, x, y, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg)!.map(Number);
  const margin = 16;
  const box = [x! - margin, y! - margin, width! + 2 * margin, height! + 2 * margin].join(' ');
  return `${svg
    .replace(/viewBox="[^"]+" width="\d+" height="\d+"/, `viewBox="${box}"`)
    .replace(/(<svg[^>]*>)/, `$1${style}`)}\n`;
}

if (import.meta.main) writeFileSync(pictureFile, await readmePicture());
