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

-- A place in the queue, and a promise, outlast what is done in between, and what nobody answers comes back.
-- Until it is over: since when its shopper has wanted somebody, by which the queue goes.
ALTER TABLE conversations ADD COLUMN place_since BIGINT;
-- `served`: since when whoever has it owes the shopper an answer.
ALTER TABLE conversations ADD COLUMN unanswered_since BIGINT;
-- Whether the staff have answered since it came there last: what nobody has answered they do not end. What is served and
-- was ever answered counts as such.
ALTER TABLE conversations ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;
UPDATE conversations SET answered = 1 WHERE state = 'served' AND EXISTS (SELECT 1 FROM messages
    WHERE messages.conversation = conversations.id AND messages.author = 'staff');
-- As which in the queue it came when it came there last.
ALTER TABLE conversations ADD COLUMN came_as BIGINT;
-- By what it is listed among those in its state: what waits by its place, what was left by its time, what is served by what
-- is unanswered (far behind that, what is not, by its beginning), what is over by its end.
ALTER TABLE conversations ADD COLUMN turn_at BIGINT NOT NULL DEFAULT 0;
-- What is there already has its place by the first words that no answer came after, as far as it does not wait, and by its
-- beginning where there are none. But only where the staff have said nothing at all is an answer owed for words from before
-- this version: half of what is served ends with a thank-you, and all of it would come into the queue at once, ahead of
-- whoever waits there. There, `unanswered_since` stays empty until the shopper says something more.
UPDATE conversations SET place_since = COALESCE(waiting_since, (SELECT MIN(at) FROM messages
        WHERE messages.conversation = conversations.id AND messages.author = 'shopper' AND messages.seq > COALESCE(
            (SELECT MAX(seq) FROM messages AS answers
                WHERE answers.conversation = conversations.id AND answers.author = 'staff'), 0)), opened_at)
    WHERE state <> 'closed';
UPDATE conversations SET unanswered_since = place_since WHERE state = 'served' AND NOT EXISTS (SELECT 1 FROM messages
        WHERE messages.conversation = conversations.id AND messages.author = 'staff');
UPDATE conversations SET turn_at = CASE state WHEN 'waiting' THEN place_since WHEN 'left' THEN COALESCE(due_at, place_since)
    WHEN 'served' THEN COALESCE(unanswered_since, 253402300799999 + opened_at) ELSE COALESCE(closed_at, opened_at) END;
DROP INDEX conversations_queue;
CREATE INDEX conversations_queue ON conversations (shop, place_since, id) WHERE state = 'waiting';
CREATE INDEX conversations_unpromised ON conversations (shop, id) WHERE state = 'waiting' AND due_at IS NULL;
CREATE INDEX conversations_unanswered ON conversations (state, unanswered_since, id) WHERE unanswered_since IS NOT NULL;
CREATE INDEX conversations_served ON conversations (staff) WHERE state = 'served';
DROP INDEX conversations_by_shop_state;
CREATE INDEX conversations_by_shop_state ON conversations (shop, state, turn_at, id);
CREATE INDEX conversations_of_staff_by_state ON conversations (staff, shop, state, turn_at, id) WHERE staff IS NOT NULL;

-- Shoppers who have gone away are told that they were answered, once until they have read it.
-- The number of the staff's last message; 0 before any.
ALTER TABLE conversations ADD COLUMN last_answer BIGINT NOT NULL DEFAULT 0;
-- When it is looked whether it was read; NULL when there is nothing to look for.
ALTER TABLE conversations ADD COLUMN tell_at BIGINT;
-- The answer that its shopper was told of last; 0 before any.
ALTER TABLE conversations ADD COLUMN told BIGINT NOT NULL DEFAULT 0;
-- What was answered before this version is marked as new where it was not read, and told to nobody.
UPDATE conversations SET last_answer = COALESCE((SELECT MAX(seq) FROM messages
    WHERE messages.conversation = conversations.id AND messages.author = 'staff'), 0);
CREATE INDEX conversations_untold ON conversations (tell_at, id) WHERE tell_at IS NOT NULL;

-- They are told of it as of what happens to an order, which there need not be: the table is made anew like the outbox below.
ALTER TABLE notifications RENAME TO notifications_before;
CREATE TABLE notifications (
    shopper      TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    -- Of an entry in an order's timeline, which says what happened.
    order_id     TEXT,
    position     BIGINT,
    -- Of an answer, as which message of which conversation it is.
    conversation TEXT   REFERENCES conversations (id),
    message      BIGINT,
    -- As before (0008).
    told_at      BIGINT NOT NULL,
    mail_due_at  BIGINT,
    mail_tries   BIGINT NOT NULL,
    mail_trouble TEXT,
    PRIMARY KEY (shopper, seq),
    -- Each is told once.
    UNIQUE (order_id, position),
    UNIQUE (conversation, message),
    FOREIGN KEY (order_id, position) REFERENCES timeline (order_id, position),
    CHECK ((order_id IS NULL) <> (conversation IS NULL))
);
INSERT INTO notifications (shopper, seq, order_id, position, told_at, mail_due_at, mail_tries, mail_trouble)
    SELECT shopper, seq, order_id, position, told_at, mail_due_at, mail_tries, mail_trouble FROM notifications_before
    ORDER BY shopper, seq;
DROP TABLE notifications_before;
CREATE INDEX notifications_by_age ON notifications (told_at);
CREATE INDEX notifications_to_mail ON notifications (mail_due_at) WHERE mail_due_at IS NOT NULL;

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
