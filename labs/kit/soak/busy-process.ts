/** Keeps one core busy until its parent ends it, or is gone. */
process.on('disconnect', () => process.exit());

const slice = 50;

function spin(): void {
  const end = performance.now() + slice;
  while (performance.now() < end);
  // Only between two slices can the end of the parent be heard.
  setImmediate(spin);
}

spin();
