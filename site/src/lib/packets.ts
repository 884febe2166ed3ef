import type { Packets } from '../../../labs/kit/record/packets.ts';

const files = import.meta.glob<Packets>('../../../labs/*/packets.json', {
  import: 'default',
  eager: true,
});

/**
 * A message as it crossed in a lab: `warehouse to event-bus, connect`. Stops the build, naming those
 * there are, if there is none.
 */
export function messageOf(lab: string, of: string): Packets['messages'][string] {
  const messages = files[`../../../labs/${lab}/packets.json`]?.messages ?? {};
  const found = messages[of];
  if (found) return found;
  throw new Error(
    `[labs/${lab}/packets.json] no such message: got ${of}, expected one of ${Object.keys(messages).join('; ')}. Try: npm run record ${lab.slice(0, 2)} -- --packets`,
  );
}
