import type { Check, Task } from '../../kit/grade/check.ts';
import { task1 } from './task-1.ts';
import { task2 } from './task-2.ts';
import { task3 } from './task-3.ts';
import { whole } from './whole.ts';

export const tasks: Task[] = [
  {
    n: 1,
    title: 'Service A reads through its cache, and a cache that fails costs speed, not answers',
    files: ['service-a.ts'],
  },
  {
    n: 2,
    title: 'Service B saves an order, then announces it as a CloudEvent at QoS 1',
    files: ['service-b.ts'],
  },
  {
    n: 3,
    title: 'Service C stores before it acknowledges; twice delivered is once stored',
    files: ['service-c.ts'],
  },
];

/** In the order in which they run: task by task, the whole at the end. */
export const checks: Check[] = [...task1, ...task2, ...task3, ...whole];
