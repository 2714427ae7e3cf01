-- The versions of the shops' policies: those of the policy files, and those that were published in the console. Orders
-- name the one they were placed under.
CREATE TABLE policies (
    shop          TEXT   NOT NULL,
    version       TEXT   NOT NULL,
    -- As it is written: TOML.
    text          TEXT   NOT NULL,
    in_force_from BIGINT NOT NULL,
    -- Who of the staff published it, and when; NULL for what a policy file says.
    published_by  TEXT,
    published_at  BIGINT,
    note          TEXT,
    PRIMARY KEY (shop, version)
);

-- At most one draft for a shop. Its revision counts the changes, so that nobody writes over what somebody else wrote. What
-- was published or thrown away has no text any more; the next one counts on from there.
CREATE TABLE policy_drafts (
    shop       TEXT   NOT NULL PRIMARY KEY,
    text       TEXT,
    revision   BIGINT NOT NULL,
    changed_by TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- What a draft is tried on: a shop's orders, the newest first. It has what the index of shops was for.
DROP INDEX orders_of_shop;
CREATE INDEX orders_of_shop_newest ON orders (shop, placed_at DESC, id DESC);
