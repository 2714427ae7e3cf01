-- What the staff say often. None is deleted: what is not used any more is archived.
CREATE TABLE replies (
    id         TEXT   NOT NULL PRIMARY KEY,
    -- NULL for one that every shop uses.
    shop       TEXT,
    -- What is typed for it.
    code       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    zh_cn      TEXT,
    en         TEXT,
    -- Counts the changes, so that nobody writes over what somebody else wrote.
    revision   BIGINT NOT NULL,
    changed_by TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    archived   BIGINT NOT NULL
);
-- Of those in use each has a code of its own, in its shop or among those for every shop.
CREATE UNIQUE INDEX replies_code ON replies (code, COALESCE(shop, '')) WHERE archived = 0;
CREATE INDEX replies_archived ON replies (changed_at DESC, id DESC) WHERE archived = 1;

-- The procedure of support, as it is recorded: who and why, what was looked up, what was answered.
CREATE TABLE enquiries (
    id           TEXT   NOT NULL PRIMARY KEY,
    shop         TEXT   NOT NULL,
    -- The order that it is about, or was found to be about.
    order_id     TEXT REFERENCES orders (id),
    conversation TEXT REFERENCES conversations (id),
    begun_at     BIGINT NOT NULL,
    answered_at  BIGINT,
    -- How many entries it has: whoever adds one holds the row, and none is missing at the end.
    entries      BIGINT NOT NULL
);
CREATE INDEX enquiries_of_order ON enquiries (order_id, begun_at DESC, id DESC) WHERE order_id IS NOT NULL;
CREATE INDEX enquiries_of_conversation ON enquiries (conversation, begun_at DESC, id DESC) WHERE conversation IS NOT NULL;
CREATE INDEX enquiries_of_shop ON enquiries (shop, begun_at);

-- Rows are added and never changed. Each has the digest of itself and of the one before, as in the trail of an order.
CREATE TABLE enquiry_entries (
    enquiry  TEXT   NOT NULL REFERENCES enquiries (id),
    -- Counts from 1 within the enquiry.
    seq      BIGINT NOT NULL,
    staff    TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    -- The step, as JSON.
    detail   TEXT   NOT NULL,
    previous TEXT   NOT NULL,
    hash     TEXT   NOT NULL,
    PRIMARY KEY (enquiry, seq)
);

-- A conversation may be about no order, and the shop's systems hear of it, too. SQLite relaxes no column: the table is
-- made anew, with the same numbers. It is renamed first, so that whatever another server is writing is waited for and
-- comes along.
ALTER TABLE outbox RENAME TO outbox_before;
CREATE TABLE outbox (
    seq      BIGINT NOT NULL PRIMARY KEY,
    order_id TEXT   REFERENCES orders (id),
    message  TEXT   NOT NULL
);
INSERT INTO outbox (seq, order_id, message) SELECT seq, order_id, message FROM outbox_before ORDER BY seq;
DROP TABLE outbox_before;
