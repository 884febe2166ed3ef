import mqtt from 'mqtt';
import type { Address } from '../wire/mqtt-tap.ts';

const url = ({ host, port }: Address): string => `mqtt://${host}:${port}`;

/** Publishes as the lab, not as a service, and waits for the broker's acknowledgement. */
export async function publishOnce(address: Address, topic: string, payload: string): Promise<void> {
  const client = await mqtt.connectAsync(url(address), { reconnectPeriod: 0 });
  try {
    await client.publishAsync(topic, payload, { qos: 1 });
  } finally {
    await client.endAsync();
  }
}

/**
 * Leaves a broker that is not ours as if we had never been there: a clean session for each of our
 * client ids removes what they left (MQTT 3.1.1, section 3.1.2.4); an empty retained message removes
 * what is retained (3.3.1.3).
 */
export async function clearBroker(
  address: Address,
  clientIds: readonly string[],
  topics: readonly string[],
): Promise<void> {
  for (const clientId of clientIds) {
    const client = await mqtt.connectAsync(url(address), {
      clientId,
      clean: true,
      reconnectPeriod: 0,
    });
    if (clientId === clientIds[0])
      for (const topic of topics) await client.publishAsync(topic, '', { retain: true, qos: 1 });
    await client.endAsync();
  }
}
