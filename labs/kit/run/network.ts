import { httpTap, type HttpTap } from '../wire/http-tap.ts';
import { mqttTap, type Address, type MqttTap } from '../wire/mqtt-tap.ts';
import type { Witness } from '../wire/witness.ts';
import type { AppComponent, Lab } from './define.ts';
import { variable, wiredEdges } from './wiring.ts';

/** All taps of a running lab: the network that its components speak over. */
export class Network {
  readonly http: HttpTap[] = [];
  readonly mqtt: MqttTap[] = [];
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Opens a tap on every wired edge; one for each instance where a component has several. */
  async open(witness: Witness): Promise<void> {
    for (const { via, from, to } of wiredEdges(this.#lab.architecture)) {
      if (via === 'mqtt') {
        const tap = await mqttTap({ from, to }, witness);
        tap.shut();
        this.mqtt.push(tap);
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

  /** The tap between a client and the bus. */
  bus(client: string): MqttTap {
    const tap = this.mqtt.find((t) => t.from === client);
    if (!tap) throw new Error(`[network] no MQTT tap: got ${client}, expected a client of the bus`);
    return tap;
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
    return env;
  }

  /** An instance listens on a port: its taps forward there. Undefined: it is gone. */
  serves(app: AppComponent, instance: number, port: number | undefined): void {
    for (const tap of this.http)
      if (tap.to === app.component && ((app.instances ?? 1) === 1 || tap.instance === instance))
        tap.upstream = port;
  }

  /** The bus is at an address, or gone: connections are refused and the open ones are cut. */
  busAt(address: Address | undefined): void {
    for (const tap of this.mqtt) {
      tap.upstream = address;
      if (address) tap.open();
      else tap.cut();
    }
  }

  /** Takes every fault away. */
  clearFaults(): void {
    for (const tap of this.http) tap.faults.clear();
    for (const tap of this.mqtt) {
      tap.rules.clear();
      tap.open();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.http, ...this.mqtt].map((tap) => tap.close()));
  }

  #instances(component: string): number {
    return this.#lab.apps.find((app) => app.component === component)?.instances ?? 1;
  }
}
