CREATE TABLE shoppers (
    id            TEXT NOT NULL PRIMARY KEY,
    display_name  TEXT NOT NULL,
    password_hash TEXT NOT NULL
);

-- E-mail addresses and telephone numbers, lower-cased.
CREATE TABLE logins (
    login   TEXT NOT NULL PRIMARY KEY,
    shopper TEXT NOT NULL REFERENCES shoppers (id)
);
CREATE INDEX logins_of_shopper ON logins (shopper);

CREATE TABLE sessions (
    token_hash   TEXT   NOT NULL PRIMARY KEY,
    shopper      TEXT   NOT NULL REFERENCES shoppers (id),
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    -- How long it lives after its last use.
    lifetime     BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One row for each failure; two in one millisecond are two rows.
CREATE TABLE login_failures (
    key TEXT   NOT NULL,
    at  BIGINT NOT NULL
);
CREATE INDEX login_failures_by_key ON login_failures (key, at);
CREATE INDEX login_failures_by_age ON login_failures (at);
