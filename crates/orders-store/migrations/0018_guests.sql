-- Guests: whoever has shown by a one-time code that they may see one order (docs/GUESTS.md).

-- Sessions of guests, apart from those of shoppers: a server of an older version, which knows of no guests, finds none of
-- them and takes no guest for the shopper.
CREATE TABLE guest_sessions (
    -- As in `sessions`.
    token_hash TEXT   NOT NULL PRIMARY KEY,
    -- Who placed the order.
    shopper    TEXT   NOT NULL REFERENCES shoppers (id),
    -- The only order that there is for them.
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    created_at BIGINT NOT NULL,
    -- It ends then, however it is used.
    expires_at BIGINT NOT NULL
);
CREATE INDEX guest_sessions_by_expiry ON guest_sessions (expires_at);

-- Whether a guest has said something in it, so that who asks is not known by the log-in alone.
ALTER TABLE conversations ADD COLUMN guest BIGINT NOT NULL DEFAULT 0;

-- The order whose guest began an upload, empty when the shopper did: while it waits, it is of the one who began it.
ALTER TABLE evidence ADD COLUMN guest_order TEXT NOT NULL DEFAULT '';

-- What guests asked for. A row for a wrong number or contact has no order, and no code fits it.
CREATE TABLE guest_codes (
    -- What the page names when it sends the code.
    id         TEXT   NOT NULL PRIMARY KEY,
    shopper    TEXT,
    order_id   TEXT,
    -- Of id and code, so that the same code is stored in as many ways as there are requests.
    code_hash  TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Tries in vain.
    tries      BIGINT NOT NULL
);
CREATE INDEX guest_codes_by_expiry ON guest_codes (expires_at);
