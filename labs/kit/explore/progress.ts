import { dim } from '../watch/style.ts';

/** No more than a few times a second: nobody reads faster. */
const interval = 250;

/** One line that is written over and over; nothing where nobody watches. */
export function progressLine(stream: NodeJS.WriteStream = process.stdout): {
  show: (text: string) => void;
  clear: () => void;
} {
  let shown = -Infinity;
  return {
    show: (text) => {
      if (!stream.isTTY || performance.now() - shown < interval) return;
      shown = performance.now();
      stream.write(`\r\u001B[K${dim(text.slice(0, stream.columns - 1))}`);
    },
    clear: () => {
      if (stream.isTTY && shown > 0) stream.write('\r\u001B[K');
    },
  };
}
