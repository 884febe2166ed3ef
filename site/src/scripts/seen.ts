import { save } from './store.ts';

// A lesson's address is what it is remembered by: /01-nine-hops/learn/
save(({ seen }) => {
  seen[location.pathname.slice(1, -1)] = Date.now();
});
