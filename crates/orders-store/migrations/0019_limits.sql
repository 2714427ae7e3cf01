-- What a shopper's standing at a shop follows from: late cancels, and limits that staff lifted. Numbered within both, so
-- that of two that happen at once the second sees the first. Nothing is ever deleted; what is forgotten only counts no more.
CREATE TABLE cancel_marks (
    shopper  TEXT   NOT NULL,
    shop     TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    what     TEXT   NOT NULL,
    order_id TEXT   NOT NULL,
    PRIMARY KEY (shopper, shop, number)
);
