-- What waits for the staff: one row for each thing that somebody has to decide or answer, written with the thing itself.
CREATE TABLE work (
    -- Made of the kind and the thing's own id.
    id            TEXT   NOT NULL PRIMARY KEY,
    kind          TEXT   NOT NULL,
    shop          TEXT   NOT NULL,
    shopper       TEXT   NOT NULL,
    order_id      TEXT,
    -- The case, refund, complaint or conversation.
    subject       TEXT,
    since         BIGINT NOT NULL,
    -- Without such a time, far behind all that have one.
    due_at        BIGINT NOT NULL,
    -- Who of the staff has it in hand, and until when.
    claimed_by    TEXT,
    claimed_until BIGINT
);
-- Keyset pagination, shop by shop, in both orders, whole and by kind.
CREATE INDEX work_due ON work (shop, due_at, id);
CREATE INDEX work_since ON work (shop, since, id);
CREATE INDEX work_due_of_kind ON work (shop, kind, due_at, id);
CREATE INDEX work_since_of_kind ON work (shop, kind, since, id);
CREATE INDEX work_claimed ON work (claimed_by, shop) WHERE claimed_by IS NOT NULL;

-- Conversations as staff look for them: of a shop, by state, and those that one of them has.
CREATE INDEX conversations_by_shop ON conversations (shop, opened_at, id);
CREATE INDEX conversations_by_shop_state ON conversations (shop, state, opened_at, id);
CREATE INDEX conversations_of_staff ON conversations (staff, shop, opened_at, id) WHERE staff IS NOT NULL;

-- What waits already. Whose turn it is in a case, and since when, is in its order's body: the time that is left tells
-- enough until it moves.
INSERT INTO work (id, kind, shop, shopper, order_id, subject, since, due_at)
    SELECT 'c-' || cases.id, 'after_sale_case', orders.shop, orders.shopper, orders.id, cases.id,
        COALESCE((SELECT MAX(at) FROM timeline WHERE timeline.order_id = orders.id AND timeline.at <= cases.due_at),
            orders.placed_at), cases.due_at
    FROM cases JOIN orders ON orders.id = cases.order_id WHERE cases.state IN ('open', 'returning', 'appealed');
INSERT INTO work (id, kind, shop, shopper, order_id, subject, since, due_at)
    SELECT 'w-' || refunds.id, 'refund_way', orders.shop, orders.shopper, orders.id, refunds.id, refunds.way_asked_at,
        253402300799999
    FROM refunds JOIN orders ON orders.id = refunds.order_id WHERE refunds.way_asked_at IS NOT NULL;
INSERT INTO work (id, kind, shop, shopper, order_id, since, due_at)
    SELECT 'p-' || id, 'pending_confirmation', shop, shopper, id, placed_at, 253402300799999
    FROM orders WHERE state = 'pending_confirmation';
-- Only an open request has no answer; inside a text the quotes would be escaped.
INSERT INTO work (id, kind, shop, shopper, order_id, since, due_at)
    SELECT 'q-' || id, 'cancellation_request', shop, shopper, id,
        COALESCE((SELECT MAX(at) FROM timeline WHERE timeline.order_id = orders.id
            AND timeline.what = 'cancellation_requested'), placed_at), 253402300799999
    FROM orders WHERE body LIKE '%"request":{%' AND body LIKE '%"declined":null%';
INSERT INTO work (id, kind, shop, shopper, order_id, subject, since, due_at)
    SELECT 't-' || id, 'conversation', shop, shopper, order_id, id, COALESCE(waiting_since, opened_at),
        COALESCE(due_at, 253402300799999)
    FROM conversations WHERE state IN ('waiting', 'left');
