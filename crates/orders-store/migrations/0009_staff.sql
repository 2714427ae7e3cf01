-- The people of the shop who log in to the console.
CREATE TABLE staff (
    -- What is on record with what they do, and their log-in.
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    role          TEXT   NOT NULL,
    -- JSON: the ids of the shops whose orders they see; all when it is empty.
    shops         TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    -- Base32, as authenticator apps take it.
    totp_secret   TEXT   NOT NULL,
    -- The last step of 30 seconds whose code was used: none is used twice.
    totp_step     BIGINT NOT NULL,
    disabled_at   BIGINT,
    created_at    BIGINT NOT NULL
);

CREATE TABLE staff_sessions (
    token_hash   TEXT   NOT NULL PRIMARY KEY,
    staff        TEXT   NOT NULL REFERENCES staff (id),
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    -- When it is over unless it is used, and when it is over in any case.
    expires_at   BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL
);
CREATE INDEX staff_sessions_by_expiry ON staff_sessions (expires_at);
CREATE INDEX staff_sessions_of ON staff_sessions (staff);

-- What staff search orders by, beside the shop's id.
CREATE INDEX orders_by_number ON orders (number, placed_at DESC, id DESC);

-- When the shopper asked for another way that staff have not decided yet.
ALTER TABLE refunds ADD COLUMN way_asked_at BIGINT;
-- Only an open wish has no outcome; inside a text the quotes would be escaped.
UPDATE refunds SET way_asked_at = updated_at WHERE course LIKE '%"outcome":null%';
CREATE INDEX refunds_awaiting_way ON refunds (way_asked_at, id) WHERE way_asked_at IS NOT NULL;

-- One row for each change of an order, written with it. Each carries the digest of itself and of the one before, so that
-- none can be changed or taken out unnoticed.
CREATE TABLE audit (
    order_id TEXT   NOT NULL REFERENCES orders (id),
    -- Counts from 1 within the order.
    seq      BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    -- By which door it came: shopper, shop, staff or system.
    actor    TEXT   NOT NULL,
    -- Who of the staff; as the shop's systems say, where they are the actor.
    staff    TEXT,
    -- Codes, separated by spaces.
    what     TEXT   NOT NULL,
    -- JSON: the version before.
    detail   TEXT   NOT NULL,
    -- The order's version after it.
    version  BIGINT NOT NULL,
    previous TEXT   NOT NULL,
    hash     TEXT   NOT NULL,
    PRIMARY KEY (order_id, seq)
);
-- How many rows of it the order has.
ALTER TABLE orders ADD COLUMN audited BIGINT NOT NULL DEFAULT 0;
