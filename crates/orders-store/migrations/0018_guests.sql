-- Guests: whoever has shown by a one-time code that they may see one order (docs/GUESTS.md).

-- The only order of a guest's session; NULL in the session of a shopper who is logged in.
ALTER TABLE sessions ADD COLUMN guest_order TEXT REFERENCES orders (id);

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
