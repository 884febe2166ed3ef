// The first half of every npm script. It must parse on any Node.js, so that an old one is told what
// to do; everything newer is imported only after the check.
var major = Number(process.versions.node.split('.')[0]);

if (major < 20) {
  console.error(
    '[set-up] this Node.js is too old: got ' +
      process.versions.node +
      ', expected 20 or newer. Try: install Node.js 24 from https://nodejs.org and run the command again',
  );
  process.exitCode = 1;
} else {
  void import('./bootstrap/main.mjs').then(function (main) {
    return main.bootstrap();
  });
}
