-- Conversations of shoppers with the shop, and what is said in them. Nothing of it is ever deleted: it is evidence.
CREATE TABLE conversations (
    id            TEXT   NOT NULL PRIMARY KEY,
    shopper       TEXT   NOT NULL REFERENCES shoppers (id),
    shop          TEXT   NOT NULL,
    order_id      TEXT   REFERENCES orders (id),
    case_id       TEXT,
    -- What it began with, as JSON.
    subject       TEXT   NOT NULL,
    -- `waiting`, `served`, `left`, `closed`.
    state         TEXT   NOT NULL,
    -- Who of the staff has it, or had it at the end.
    staff         TEXT,
    opened_at     BIGINT NOT NULL,
    waiting_since BIGINT,
    due_at        BIGINT,
    closed_at     BIGINT,
    -- How many milliseconds it waited in the queue, while the chat was open, before it was taken, and when that was.
    waited        BIGINT,
    taken_at      BIGINT,
    -- The number of the last message. Whoever numbers holds the row until the commit, so that there are no gaps, and who
    -- has seen a number can see every smaller one.
    last_seq      BIGINT NOT NULL,
    shopper_read  BIGINT NOT NULL,
    staff_read    BIGINT NOT NULL,
    rating        BIGINT,
    rating_note   TEXT
);
-- Of a shopper at most one is open for the same order, or case, or for none, with a shop.
CREATE UNIQUE INDEX conversations_open ON conversations (shopper, shop, COALESCE(order_id, ''), COALESCE(case_id, ''))
    WHERE state <> 'closed';
CREATE INDEX conversations_of_shop ON conversations (shop);
CREATE INDEX conversations_of_shopper ON conversations (shopper, opened_at DESC, id DESC);
CREATE INDEX conversations_by_state ON conversations (state, opened_at, id);
CREATE INDEX conversations_by_age ON conversations (opened_at, id);
CREATE INDEX conversations_queue ON conversations (shop, waiting_since, id) WHERE state = 'waiting';
CREATE INDEX conversations_taken ON conversations (shop, taken_at DESC) WHERE taken_at IS NOT NULL;

CREATE TABLE messages (
    conversation TEXT   NOT NULL REFERENCES conversations (id),
    seq          BIGINT NOT NULL,
    -- `shopper`, `staff` or `system`, and who of the staff.
    author       TEXT   NOT NULL,
    staff        TEXT   NOT NULL,
    -- The sender's name for it: sent again, it is the same message.
    client_id    TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    -- Of `system`, the code of what happened.
    text         TEXT   NOT NULL,
    -- Photos and videos, as JSON.
    evidence     TEXT   NOT NULL,
    PRIMARY KEY (conversation, seq),
    UNIQUE (conversation, author, staff, client_id)
);

-- The conversation that has a photo or video, beside or instead of a case; from then on it stays.
ALTER TABLE evidence ADD COLUMN kept_in TEXT REFERENCES conversations (id);
-- What nobody has: of what is said every photo stays, and would be read over with each look for what may go.
DROP INDEX evidence_of_shopper;
DROP INDEX evidence_by_age;
CREATE INDEX evidence_of_shopper ON evidence (shopper) WHERE kept_for IS NULL AND kept_in IS NULL;
CREATE INDEX evidence_by_age ON evidence (created_at) WHERE kept_for IS NULL AND kept_in IS NULL;
