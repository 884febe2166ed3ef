import type { LiveEvent } from './events.ts';

const most = 400;

/**
 * What a newcomer needs to know of what was before: the lab and its bus as they are, each check's
 * latest result, and the last of what a person would have read. Hops of checks are left out.
 */
export class Backlog {
  #lab: LiveEvent | undefined;
  #bus: LiveEvent | undefined;
  #troubles = new Map<string, LiveEvent>();
  #results = new Map<string, LiveEvent>();
  #checked: LiveEvent | undefined;
  #checking: LiveEvent | undefined;
  #lines: LiveEvent[] = [];

  add(event: LiveEvent): void {
    switch (event.is) {
      case 'lab':
        this.#lab = event;
        break;
      case 'bus':
        this.#bus = event;
        break;
      case 'trouble':
        if (event.on) this.#troubles.set(event.id, event);
        else this.#troubles.delete(event.id);
        break;
      case 'saved':
        // A result judged what is no longer there.
        this.#results.clear();
        this.#checked = undefined;
        this.#line(event);
        break;
      case 'checking':
        this.#checking = event;
        break;
      case 'checked':
        this.#checked = event;
        this.#checking = undefined;
        break;
      case 'result':
        this.#results.delete(event.result.id);
        this.#results.set(event.result.id, event);
        break;
      case 'run':
      case 'hop':
      case 'note':
        if (event.by !== 'check' && event.by !== 'background') this.#line(event);
        break;
      case 'begin':
      case 'live':
        break;
      case 'output':
      case 'crash':
      case 'gone':
      case 'restarted':
      case 'reply':
      case 'verdict':
      case 'fate':
      case 'said':
        this.#line(event);
    }
  }

  /** From `begin` to `live`. */
  all(): LiveEvent[] {
    const known = [
      this.#lab,
      this.#bus,
      ...this.#troubles.values(),
      ...this.#lines,
      ...this.#results.values(),
    ];
    const events = [...known, this.#checked, this.#checking].filter((e) => e !== undefined);
    return [{ is: 'begin' }, ...events, { is: 'live' }];
  }

  #line(event: LiveEvent): void {
    this.#lines.push(event);
    if (this.#lines.length > most) this.#lines.shift();
  }
}
