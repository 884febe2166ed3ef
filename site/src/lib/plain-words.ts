import type { Selection } from '../../../labs/kit/replay/messages.ts';

const words: readonly (readonly [RegExp, string | undefined])[] = [
  [/^GET /, 'asks'],
  [/^POST \/orders/, 'orders'],
  [/^(POST|PUT) /, 'asks'],
  [/^reply 20[01]/, 'the answer'],
  [/^reply 304/, 'nothing new'],
  [/^reply 202/, 'accepted'],
  [/^reply 5/, '✗ an error'],
  [/^PUBLISH/, 'announces'],
  [/^delivery/, 'delivers'],
  [/^read/, 'reads'],
  [/^write/, 'stores'],
  // That a message was taken over: a page that shows it has to explain it.
  [/^PUBACK/, undefined],
];

/** What crossed, for readers who know neither HTTP nor MQTT. */
export const plainWords: NonNullable<Selection['words']> = ({ text }) => {
  const found = words.find(([pattern]) => pattern.test(text));
  return found ? found[1] : text;
};
