import type { Check, Task } from '../../kit/grade/check.ts';
import { task1 } from './task-1.ts';
import { task2 } from './task-2.ts';
import { task3 } from './task-3.ts';
import { task4 } from './task-4.ts';
import { whole } from './whole.ts';

export const tasks: Task[] = [
  { n: 1, title: 'The order service saves and announces, once', files: ['order-service.ts'] },
  { n: 2, title: 'The warehouse consumes from its queue', files: ['warehouse.ts'] },
  {
    n: 3,
    title: 'Fraud detection is called at the endpoint that it registered',
    files: ['fraud-detection.ts'],
  },
  { n: 4, title: 'Analytics joins, leaves and rejoins', files: ['analytics.ts'] },
];

/** In the order in which they run: task by task, the whole at the end. */
export const checks: Check[] = [...task1, ...task2, ...task3, ...task4, ...whole];
