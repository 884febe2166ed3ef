import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { DATABASE_C_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(DATABASE_C_FILE!, { timeout: 1_000 });

// Keep the session, so that the bus keeps events while this service is away.
const session = { clean: false };
const bus = mqtt.connect(EVENT_BUS_URL!, {
  ...session,
  clientId: MQTT_CLIENT_ID!,
  reconnectPeriod: 250,
});
bus.on('error', (error) => console.error(error.message));

// Store first, then acknowledge. MQTT.js acknowledges a message when `done` is called.
// The bus delivers at least once: the event's source and id tell whether it was here before.
const ship = database.prepare(
  'INSERT INTO shipments (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
const remember = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');

function store(event: { source: string; id: string; data: Record<string, string | number> }) {
  const { orderId, productId, quantity } = event.data;
  // One transaction: a crash between the two inserts leaves neither, so the next delivery does both.
  database.exec('BEGIN IMMEDIATE');
  try {
    const isNew = remember.run(event.source, event.id).changes === 1;
    if (isNew) ship.run(orderId!, productId!, quantity!);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

bus.handleMessage = ({ payload }, done) => {
  try {
    // No PUBACK before the row stands. After an error none at all: the bus will deliver again.
    store(JSON.parse(payload.toString()));
    done();
  } catch (error) {
    console.error(error);
    done();
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

const app = new Hono();
app.get('/', (c) => c.json({ shipments: database.prepare('SELECT * FROM shipments').all() }));

export default app;
