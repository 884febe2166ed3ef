import type { Graded } from '../grade/load.ts';
import type { LiveEvent } from '../live/events.ts';
import { busView } from './bus-view.ts';
import { bold, dim, green, red, yellow } from './style.ts';
import { crashView, hopView, noteView, outputView } from './views.ts';

/**
 * What a terminal prints of an event; undefined if nothing. Hops of a user's own runs are always
 * shown, the others and what explains them only when the journal is followed.
 */
export function eventView(
  { lab }: Graded,
  event: LiveEvent,
  { following }: { following: boolean },
): string | undefined {
  const { architecture } = lab;
  switch (event.is) {
    case 'output':
      return outputView(event);
    case 'crash':
      return crashView(event);
    case 'saved':
      return `\n${bold(`saved: ${event.files.join(', ')}`)}`;
    case 'gone':
      return `\n${bold(`gone: ${event.file}`)}. What ran goes on running. Save it again, or press r.`;
    case 'restarted':
      return dim(`${event.component} restarted in ${event.ms} ms`);
    case 'run':
      return event.by === 'user' ? bold(`${event.title}: ${event.request}`) : undefined;
    case 'hop':
      return event.by === 'user' || following ? hopView(architecture, event.hop) : undefined;
    case 'note':
      return following ? noteView(architecture, event.note) : undefined;
    case 'reply':
      return event.status === undefined
        ? red(event.text)
        : `${bold(`reply ${event.status}`)} ${event.text}`;
    case 'verdict': {
      const { verdict, headline, expected, observed } = event.verdict;
      return verdict === 'passed'
        ? green(`✓ ${headline}`)
        : `${yellow(`✗ ${headline}`)}\n  expected   ${expected}\n  observed   ${observed}${event.why ? `\n  because    ${event.why}. Expected is how it goes without that.` : ''}`;
    }
    case 'bus':
      return busView(event, lab.standby ?? false);
    case 'trouble':
      return event.on ? red(`Trouble: ${event.title}.`) : green(`Over: ${event.title}.`);
    case 'fate':
      return `${event.fate === 'late' ? green('late:') : event.fate === 'lost' ? red('lost:') : bold('waits:')} ${event.text}`;
    case 'said':
      return event.error ? red(event.text) : event.text;
    // The terminal has more to do for these than to print a line.
    case 'begin':
    case 'live':
    case 'lab':
    case 'checking':
    case 'result':
    case 'checked':
      break;
  }
  return undefined;
}
