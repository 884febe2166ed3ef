import { timingSafeEqual } from 'node:crypto';

/** Whether a given secret is the right one, in a time that tells nothing of how much of it is right. */
export function isSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
