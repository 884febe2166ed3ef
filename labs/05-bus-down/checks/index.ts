import type { Check, Task } from '../../kit/grade/check.ts';
import { theStorm } from './storm.ts';
import { task1 } from './task-1.ts';
import { task2 } from './task-2.ts';
import { task3 } from './task-3.ts';
import { task4 } from './task-4.ts';
import { task5 } from './task-5.ts';
import { task6 } from './task-6.ts';
import { task7 } from './task-7.ts';

export const tasks: Task[] = [
  { n: 1, title: 'The order and the event that it owes, or neither', files: ['order-service.ts'] },
  { n: 2, title: 'The relay announces what the outbox owes', files: ['order-service.ts'] },
  { n: 3, title: 'The warehouse takes each event in once', files: ['warehouse.ts'] },
  { n: 4, title: 'What can’t be done is set aside', files: ['warehouse.ts'] },
  {
    n: 5,
    title: 'Owed until the warehouse has confirmed it',
    files: ['order-service.ts', 'warehouse.ts'],
  },
  { n: 6, title: 'Move to the standby', files: ['order-service.ts', 'warehouse.ts'] },
  { n: 7, title: 'Measure the lag, and repair', files: ['reconciler.ts'] },
];

/** In the order in which they run: task by task, the whole at the end. */
export const checks: Check[] = [
  ...task1,
  ...task2,
  ...task3,
  ...task4,
  ...task5,
  ...task6,
  ...task7,
  ...theStorm,
];
