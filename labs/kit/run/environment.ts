import type { Databases } from './databases.ts';
import type { Lab } from './define.ts';
import type { Network } from './network.ts';
import { variable } from './wiring.ts';

/** The lab that an instance is part of. */
interface Surroundings {
  lab: Lab;
  network: Network;
  databases: Databases;
}

/** Which instance of which component, and who it is to the bus. */
interface Identity {
  component: string;
  instance: number;
  clientId: string;
}

/** All that a component gets to know: its own taps, databases and token, by environment variables. */
export function environmentOf(
  { lab, network, databases }: Surroundings,
  { component, instance, clientId }: Identity,
): Record<string, string> {
  const own = Object.entries(lab.databases).filter(([, { owner }]) => owner === component);
  // Where others reach it, if there is one way: an endpoint that it may register somewhere.
  const called = network.http.filter((tap) => tap.to === component);
  const onBus = network.mqtt.some((tap) => tap.from === component);
  const isGateway = lab.architecture.components.some(
    ({ id, type }) => id === component && type === 'api_gateway',
  );
  return {
    ...network.environment(component, instance),
    ...Object.fromEntries(own.map(([id]) => [variable(id, 'file'), databases.file(id)])),
    ...(onBus && { MQTT_CLIENT_ID: clientId }),
    ...(isGateway && { API_TOKEN: lab.token }),
    ...(called.length === 1 && { PUBLIC_URL: called[0]!.url }),
    INSTANCE: String(instance),
  };
}
