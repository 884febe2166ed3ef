import { httpTap, type HttpTap } from '../wire/http-tap.ts';
import { mqttTap, type Address, type MqttTap } from '../wire/mqtt-tap.ts';
import type { Witness } from '../wire/witness.ts';
import type { AppComponent, Lab } from './define.ts';
import { variable, wiredEdges } from './wiring.ts';

/** The bus that serves unless it is dead, or the one that stands by for it. */
export type BusName = 'primary' | 'standby';

/** All taps of a running lab: the network that its components speak over. */
export class Network {
  readonly http: HttpTap[] = [];
  /** One for each client of the bus. */
  readonly mqtt: MqttTap[] = [];
  /** Between the same clients and the bus that stands by; none where no bus does. */
  readonly standby: MqttTap[] = [];
  readonly #lab: Lab;
  /** Clients’ taps that wait for the bus to serve for the first time. */
  readonly #early = new Set<MqttTap>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Opens a tap on every wired edge; one for each instance where a component has several. */
  async open(witness: Witness): Promise<void> {
    const { standby = false } = this.#lab;
    for (const { via, from, to } of wiredEdges(this.#lab.architecture)) {
      if (via === 'mqtt') {
        const tap = await mqttTap({ from, to, ...(standby && { instance: 1 }) }, witness);
        tap.shut();
        this.#early.add(tap);
        this.mqtt.push(tap);
        if (standby) this.standby.push(await mqttTap({ from, to, instance: 2 }, witness));
        continue;
      }
      const [many, few] = [this.#instances(to), this.#instances(from)];
      const count = Math.max(many, few);
      for (let instance = 1; instance <= count; instance += 1)
        this.http.push(await httpTap({ from, to, ...(count > 1 && { instance }) }, witness));
    }
  }

  /** The taps from one component to another, one an instance. */
  edge(from: string, to: string): HttpTap[] {
    return this.http.filter((tap) => tap.from === from && tap.to === to);
  }

  /** The tap between a client and the bus, or the bus that stands by. */
  bus(client: string, which: BusName = 'primary'): MqttTap {
    const tap = this.#taps(which).find((t) => t.from === client);
    if (!tap)
      throw new Error(
        `[network] no MQTT tap: got ${client} and the ${which}, expected a client of a bus that the lab has`,
      );
    return tap;
  }

  /**
   * Where the bus that serves listens; undefined if none does.
   * @param client the component that asks: if given, undefined also for one that is no client of it
   */
  busAddress(client?: string): Address | undefined {
    return this.#allMqtt().find(
      (tap) => tap.upstream && (client === undefined || tap.from === client),
    )?.upstream;
  }

  /** The addresses that an instance of a component is told. */
  environment(component: string, instance: number): Record<string, string> {
    const own = this.http.filter(
      (t) => t.from === component && (this.#instances(component) === 1 || t.instance === instance),
    );
    const env: Record<string, string> = {};
    for (const to of new Set(own.map((t) => t.to))) {
      const urls = own.filter((t) => t.to === to).map((t) => t.url);
      env[variable(to, urls.length > 1 ? 'urls' : 'url')] = urls.join(',');
    }
    for (const tap of this.mqtt.filter((t) => t.from === component))
      env[variable(tap.to, 'url')] = tap.url;
    for (const tap of this.standby.filter((t) => t.from === component))
      env[variable(tap.to, 'standby-url')] = tap.url;
    return env;
  }

  /** An instance listens on a port: its taps forward there. Undefined: it is gone. */
  serves(app: AppComponent, instance: number, port: number | undefined): void {
    for (const tap of this.http)
      if (tap.to === app.component && ((app.instances ?? 1) === 1 || tap.instance === instance))
        tap.upstream = port;
  }

  /**
   * A bus is at an address, or gone: connections are refused and the open ones are cut. A tap that
   * somebody has shut stays so.
   */
  busAt(address: Address | undefined, which: BusName): void {
    for (const tap of this.#taps(which)) {
      tap.upstream = address;
      if (!address) tap.cut();
      else if (this.#early.delete(tap)) tap.open();
    }
  }

  /** Cuts a client's connection to the bus, whichever it has. */
  cutOff(client: string): void {
    for (const tap of this.#allMqtt()) if (tap.from === client) tap.cut();
  }

  /** Takes every fault away. */
  clearFaults(): void {
    for (const tap of this.http) tap.faults.clear();
    for (const tap of this.#allMqtt()) {
      tap.rules.clear();
      tap.open();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.http, ...this.#allMqtt()].map((tap) => tap.close()));
  }

  /** Those of both buses. */
  #allMqtt = (): MqttTap[] => [...this.mqtt, ...this.standby];

  #taps = (which: BusName): MqttTap[] => (which === 'primary' ? this.mqtt : this.standby);

  #instances(component: string): number {
    return this.#lab.apps.find((app) => app.component === component)?.instances ?? 1;
  }
}
