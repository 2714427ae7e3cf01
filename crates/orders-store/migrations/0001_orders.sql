-- One text for SQLite and PostgreSQL: columns are TEXT or BIGINT only.
-- Instants are milliseconds since 1970 in UTC, days YYYY-MM-DD, booleans 0 or 1, JSON is TEXT.

CREATE TABLE orders (
    id           TEXT   NOT NULL PRIMARY KEY,
    external_id  TEXT   NOT NULL UNIQUE,
    number       TEXT   NOT NULL,
    shop         TEXT   NOT NULL,
    -- No foreign key: orders arrive from the shop before their shopper logs in for the first time.
    shopper      TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    -- The tab of My Orders, so that each tab is an equality.
    tab          TEXT   NOT NULL,
    -- Has a refund or an open request.
    after_sale   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    placed_at    BIGINT NOT NULL,
    pay_by       BIGINT,
    paid_at      BIGINT,
    delivered_at BIGINT,
    -- Number, external id and titles, lower-cased.
    search_text  TEXT   NOT NULL,
    body         TEXT   NOT NULL
);

-- The list, whole and per tab: keyset pagination, newest first.
CREATE INDEX orders_of_shopper ON orders (shopper, placed_at DESC, id DESC);
CREATE INDEX orders_of_shopper_in_tab ON orders (shopper, tab, placed_at DESC, id DESC);
CREATE INDEX orders_of_shopper_after_sale ON orders (shopper, placed_at DESC, id DESC) WHERE after_sale = 1;
-- The counts of the tabs, from the index alone.
CREATE INDEX orders_counted ON orders (shopper, tab, after_sale, placed_at);
-- What closes by itself.
CREATE INDEX orders_unpaid ON orders (pay_by) WHERE state = 'awaiting_payment';

CREATE TABLE timeline (
    order_id TEXT   NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    what     TEXT   NOT NULL,
    actor    TEXT   NOT NULL,
    detail   TEXT,
    PRIMARY KEY (order_id, position)
);

CREATE TABLE refunds (
    id           TEXT   NOT NULL PRIMARY KEY,
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    position     BIGINT NOT NULL,
    amount       BIGINT NOT NULL,
    currency     TEXT   NOT NULL,
    channel      TEXT   NOT NULL,
    account      TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    starts_by    TEXT   NOT NULL,
    arrives_from TEXT   NOT NULL,
    arrives_by   TEXT   NOT NULL,
    estimated    BIGINT NOT NULL,
    UNIQUE (order_id, position)
);

CREATE TABLE outbox (
    seq      BIGINT NOT NULL PRIMARY KEY,
    order_id TEXT   NOT NULL REFERENCES orders (id),
    message  TEXT   NOT NULL
);

-- The outbox is numbered by a row and not by a sequence: whoever numbers holds the row until it commits,
-- so a reader that has seen a number has seen every smaller one.
CREATE TABLE counters (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('outbox', 0);

CREATE TABLE idempotency (
    scope       TEXT   NOT NULL,
    key         TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    status      BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
