import type { Check, Task } from '../../kit/grade/check.ts';
import { patient } from '../../kit/grade/patient.ts';
import { task1 } from './task-1.ts';
import { task2 } from './task-2.ts';
import { task3 } from './task-3.ts';
import { task4 } from './task-4.ts';
import { task5 } from './task-5.ts';
import { whole } from './whole.ts';

const files = ['order-service.ts'];

export const tasks: Task[] = [
  {
    n: 1,
    title: 'Everyone is called at once, and the customer hears when all have processed the order',
    files,
  },
  {
    n: 2,
    title: 'One deadline, and a reply that tells the truth about what was not done',
    files,
  },
  {
    n: 3,
    title: 'Try again where it is safe: with chance in the pause, and with a key',
    files,
  },
  { n: 4, title: 'A circuit breaker leaves alone who keeps failing', files },
  { n: 5, title: 'A fourth has to hear of orders: loyalty', files },
];

/** In the order in which they run: task by task, the whole at the end. */
export const checks: Check[] = [...task1, ...task2, ...task3, ...task4, ...task5, ...whole].map(
  patient,
);
