import assert from 'node:assert/strict';
import { test } from 'node:test';
import { message } from '../../kit/grade/text.ts';
import { WarmLab } from '../../kit/grade/warm.ts';
import { solutionSource, starterSource } from '../../kit/run/sources.ts';
import { tempFolder } from '../../kit/run/testing/temp-folder.ts';
import { loadLab } from '../../kit/grade/load.ts';
import { task4 } from './task-4.ts';

test('an analytics that is right passes, though nobody else’s work is done and one is broken', async (t) => {
  const graded = await loadLab('04-topics');
  const [folder, starter] = [tempFolder(), starterSource(graded.lab)];
  const broken = folder.write('warehouse.ts', "throw new Error('not done yet');\n");
  const source = (file: string): string => {
    if (file === 'warehouse.ts') return broken;
    return file === 'analytics.ts' ? solutionSource(graded.lab)(file) : starter.source(file);
  };
  const warm = await WarmLab.start(graded, source, { factor: 3 });
  t.after(async () => {
    await warm.stop();
    starter.remove();
    folder.remove();
  });
  assert.deepEqual(warm.running.apps.down(), ['warehouse']);
  for (const result of await warm.run(task4)) assert.equal(result.outcome, 'pass', message(result));
});
