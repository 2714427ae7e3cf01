-- One-time codes with which a host app's backend logs its shopper in on one page. A code is deleted by its first use.
CREATE TABLE handoffs (
    -- SHA-256 of the code, so that the database opens no door.
    code_hash  TEXT   NOT NULL PRIMARY KEY,
    shopper    TEXT   NOT NULL REFERENCES shoppers (id),
    -- Base64url SHA-256 of the secret that only the page knows.
    binding    TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX handoffs_by_expiry ON handoffs (expires_at);
