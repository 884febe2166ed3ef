import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultPort, listenProblem, parsePort } from './port.ts';

describe('parsePort', () => {
  it('is the course’s own port where nothing is said', () => {
    assert.equal(parsePort(undefined), defaultPort);
    assert.equal(parsePort(''), defaultPort);
  });

  it('takes what PORT says, 0 for any', () => {
    assert.equal(parsePort('4910'), 4910);
    assert.equal(parsePort('0'), 0);
  });

  for (const bad of ['http', '-1', '65536', '80.5', '0x50', '1e3']) {
    it(`refuses ${bad} and says what to type`, () => {
      assert.throws(() => parsePort(bad), {
        message: `[npm start] PORT: got "${bad}", expected a whole number from 0 to 65535. Try: PORT=4909 npm start`,
      });
    });
  }
});

describe('listenProblem', () => {
  it('names the port that is taken and the command that helps', () => {
    const message = listenProblem(4909, 'EADDRINUSE');
    assert.match(message, /port 4909: got a port that is taken/);
    assert.match(message, /Try: PORT=4910 npm start$/);
  });

  it('never proposes a port that does not exist', () => {
    assert.match(listenProblem(65_535, 'EADDRINUSE'), /PORT=4909/);
  });
});
