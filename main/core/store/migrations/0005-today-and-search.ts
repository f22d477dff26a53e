const urgency = 'reorder DESC, ifnull(ship_by_ms, 9223372036854775807), id';

const wordsOf = (order: string): string =>
  `${order}.external_id || char(10) || ${order}.customer || char(10) || ${order}.reference || char(10) || ${order}.titles`;

const wordsOfItems = (orderId: string): string =>
  `ifnull((SELECT group_concat(char(10) || external_id || char(10) || product, '') FROM items WHERE order_id = ${orderId}), '')`;

const rewriteWords = (orderId: string): string =>
  `UPDATE order_words SET words = (SELECT ${wordsOf('orders')} || ${wordsOfItems('orders.id')} FROM orders
     WHERE orders.id = ${orderId}) WHERE order_id = ${orderId};`;

/** What the counts of Today and the search read, so that none of them reads every order in full. */
export const todayAndSearch = {
  number: 5,
  statements: [
    `CREATE INDEX orders_open_stage ON orders (stage, lane, ${urgency}) WHERE open = 1`,
    `CREATE INDEX orders_held_urgency ON orders (${urgency}) WHERE held = 1`,
    `DROP INDEX orders_open`,
    `CREATE INDEX orders_open_connection ON orders (connection_id, ${urgency}) WHERE open = 1`,
    // What an order is found by, line by line. The search reads all of it, and orders carry whole documents.
    `CREATE TABLE order_words (order_id INTEGER PRIMARY KEY REFERENCES orders(id), words TEXT NOT NULL) STRICT`,
    `INSERT INTO order_words SELECT orders.id, ${wordsOf('orders')} || ${wordsOfItems('orders.id')} FROM orders`,
    `CREATE TRIGGER order_words_new AFTER INSERT ON orders BEGIN
      INSERT INTO order_words VALUES (new.id, ${wordsOf('new')});
    END`,
    `CREATE TRIGGER order_words_changed AFTER UPDATE OF external_id, customer, reference, titles ON orders BEGIN
      ${rewriteWords('new.id')}
    END`,
    `CREATE TRIGGER order_words_item AFTER INSERT ON items BEGIN
      UPDATE order_words SET words = words || char(10) || new.external_id || char(10) || new.product
        WHERE order_id = new.order_id;
    END`,
    `CREATE TRIGGER order_words_item_changed AFTER UPDATE OF external_id, product ON items BEGIN
      ${rewriteWords('new.order_id')}
    END`,
    `CREATE TRIGGER order_words_item_gone AFTER DELETE ON items BEGIN
      ${rewriteWords('old.order_id')}
    END`,
  ],
} as const;
