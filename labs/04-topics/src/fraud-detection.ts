import { ConstantBackoff, handleAll, retry } from 'cockatiel';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { FRAUD_DATABASE_FILE, PUBLIC_URL, PUSH_RELAY_URL } = process.env;
const database = new DatabaseSync(FRAUD_DATABASE_FILE!, { timeout: 1_000 });
const check = database.prepare('INSERT INTO checks (order_id, verdict) VALUES (?, ?)');
const verdictOn = (quantity: number): string => (quantity > 1_000 ? 'look at it' : 'fine');

const app = new Hono();

// TODO task 3: An endpoint that takes pushes. Store the check, then answer 204; an event may come twice.
// What can't be stored is answered 503: the relay will push it again. Then register the endpoint at
// the relay, at each start and until it has worked: PUT says what is to be, so twice is once.
console.log('nobody calls me yet');

export default app;
