/** The course's port. Always the same: what a browser remembers belongs to the address. */
export const defaultPort = 4909;

/** What `PORT` says, or the default. Throws with a message for whoever typed it. */
export function parsePort(given: string | undefined): number {
  if (given === undefined || given.trim() === '') return defaultPort;
  const port = Number(given);
  if (/^\d+$/.test(given.trim()) && port <= 65_535) return port;
  throw new Error(
    `[npm start] PORT: got "${given}", expected a whole number from 0 to 65535. ` +
      `Try: PORT=${defaultPort} npm start`,
  );
}

/** The message for a port that could not be listened on. */
export function listenProblem(port: number, code: string | undefined): string {
  const another = `PORT=${port >= 65_535 ? defaultPort : port + 1} npm start`;
  if (code === 'EADDRINUSE') {
    return (
      `[npm start] port ${port}: got a port that is taken, expected a free one. ` +
      `Perhaps the course already runs at http://127.0.0.1:${port}/. Try: ${another}`
    );
  }
  if (code === 'EACCES') {
    return `[npm start] port ${port}: got one that needs more rights, expected one you may use. Try: ${another}`;
  }
  return `[npm start] port ${port}: got ${code ?? 'an error'}, expected to listen there. Try: ${another}`;
}
