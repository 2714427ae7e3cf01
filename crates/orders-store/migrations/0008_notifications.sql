-- What of the timelines their shoppers are told, from now on: nobody is told anew what is long past.

-- Numbered within each shopper, so that "all up to this one" means what was seen, whatever the times say: what the shop
-- tells late has a time of the past.
CREATE TABLE notifications (
    shopper      TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    order_id     TEXT   NOT NULL,
    -- Of the entry in the order's timeline, which says what happened.
    position     BIGINT NOT NULL,
    -- When the shopper was told. What the shop tells late happened earlier, and is news all the same.
    told_at      BIGINT NOT NULL,
    -- When a mail about it is to be sent next; NULL when there is none to send. Whoever takes it up moves this to when
    -- somebody else may: what a crash leaves behind comes back by itself.
    mail_due_at  BIGINT,
    -- Tries in vain.
    mail_tries   BIGINT NOT NULL,
    -- What the last of them said.
    mail_trouble TEXT,
    PRIMARY KEY (shopper, seq),
    -- Each entry is told once.
    UNIQUE (order_id, position),
    FOREIGN KEY (order_id, position) REFERENCES timeline (order_id, position)
);
CREATE INDEX notifications_by_age ON notifications (told_at);
CREATE INDEX notifications_to_mail ON notifications (mail_due_at) WHERE mail_due_at IS NOT NULL;

-- One row for each shopper who was ever told anything. Whoever numbers holds the row until the commit, so that a page
-- that has seen a number has seen every smaller one.
CREATE TABLE inboxes (
    shopper TEXT   NOT NULL PRIMARY KEY,
    -- The last number that was given.
    last    BIGINT NOT NULL,
    -- The newest that was read; so were all before it.
    read    BIGINT NOT NULL
);

-- What a shopper reads; NULL until it is known.
ALTER TABLE shoppers ADD COLUMN language TEXT;
ALTER TABLE shoppers ADD COLUMN notify_by_email BIGINT NOT NULL DEFAULT 1;
