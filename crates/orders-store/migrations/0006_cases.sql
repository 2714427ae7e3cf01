-- After-sale cases, as far as rows are found by them; the case itself is in its order's body, and written with it.

CREATE TABLE cases (
    id       TEXT   NOT NULL PRIMARY KEY,
    order_id TEXT   NOT NULL REFERENCES orders (id),
    state    TEXT   NOT NULL,
    -- Until when whoever's turn it is has; when it is over, far behind all that are not.
    due_at   BIGINT NOT NULL
);

-- What is due, and the list: keyset pagination, what is due next first.
CREATE INDEX cases_due ON cases (due_at, id);
CREATE INDEX cases_in_state ON cases (state, due_at, id);
