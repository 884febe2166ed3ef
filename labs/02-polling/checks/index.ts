import type { Check, Task } from '../../kit/grade/check.ts';
import { task1 } from './task-1.ts';
import { task2 } from './task-2.ts';
import { task3 } from './task-3.ts';
import { whole } from './whole.ts';

const both = ['order-service.ts', 'warehouse.ts'];

export const tasks: Task[] = [
  { n: 1, title: 'A cursor: nothing is missed, and nothing is read twice', files: both },
  { n: 2, title: 'Conditional requests: where nothing is new, nothing is sent', files: both },
  {
    n: 3,
    title: 'A pause that grows while nothing happens, and recovers when something does',
    files: ['warehouse.ts'],
  },
];

/** In the order in which they run: task by task, the whole at the end. */
export const checks: Check[] = [...task1, ...task2, ...task3, ...whole];
