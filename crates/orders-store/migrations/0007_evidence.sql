-- Shoppers' photos and videos: on their way here, and kept. The bytes are in the object store, by these ids.
CREATE TABLE evidence (
    id         TEXT   NOT NULL PRIMARY KEY,
    shopper    TEXT   NOT NULL REFERENCES shoppers (id),
    -- How many bytes the shopper announced, and how many are here.
    bytes      BIGINT NOT NULL,
    received   BIGINT NOT NULL,
    -- The names of the pieces that count, in the order of the file, one a line.
    pieces     TEXT   NOT NULL,
    -- `receiving`, `ready`, `refused`; `gone`: nobody may have it any more, and its bytes are about to be deleted.
    state      TEXT   NOT NULL,
    -- `refused`: why.
    refusal    TEXT,
    -- `ready`: what was kept.
    kind       TEXT,
    kept_bytes BIGINT,
    width      BIGINT,
    height     BIGINT,
    created_at BIGINT NOT NULL,
    -- The order whose case has it; from then on it stays.
    kept_for   TEXT   REFERENCES orders (id)
);
CREATE INDEX evidence_of_shopper ON evidence (shopper) WHERE kept_for IS NULL;
CREATE INDEX evidence_by_age ON evidence (created_at) WHERE kept_for IS NULL;
