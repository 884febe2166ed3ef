import assert from 'node:assert/strict';
import { test } from 'node:test';
import lab from '../../01-nine-hops/lab.ts';
import { Apps } from './apps.ts';
import { tempFolder } from './testing/temp-folder.ts';

test('a lab that provides no app starts the learner’s, and nothing else', async (t) => {
  const folder = tempFolder();
  const file = folder.write(
    'service-a.ts',
    "import { Hono } from 'hono';\nexport default new Hono();\n",
  );
  const ports: string[] = [];
  const apps = new Apps({
    lab: { ...lab, apps: [{ component: 'service-a', file: 'service-a.ts', learner: true }] },
    source: () => file,
    environment: () => ({}),
    onPort: ({ component }, _instance, port) => port && ports.push(component),
    onLine: () => undefined,
    onCrash: ({ error }) => assert.fail(error),
    onProvidedEnd: (why) => assert.fail(why),
    startWithin: 20_000,
  });
  t.after(async () => {
    await apps.stop();
    folder.remove();
  });
  await apps.start();
  assert.deepEqual(ports, ['service-a']);
});
