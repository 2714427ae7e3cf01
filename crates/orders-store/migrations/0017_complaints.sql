-- Complaints, as far as rows are found by them; the complaint itself is in its order's body, and written with it.

CREATE TABLE complaints (
    id       TEXT   NOT NULL PRIMARY KEY,
    order_id TEXT   NOT NULL REFERENCES orders (id),
    state    TEXT   NOT NULL,
    -- Until when whoever's turn it is has; of one that waits without a date, behind all that have one; when it is over,
    -- behind those.
    due_at   BIGINT NOT NULL
);

-- What is due, and the list: keyset pagination, what is due next first.
CREATE INDEX complaints_due ON complaints (due_at, id);
CREATE INDEX complaints_in_state ON complaints (state, due_at, id);

-- What waits for the staff, and is to be complained about by itself should its time pass. What waits already has no time.
ALTER TABLE work ADD COLUMN complains BIGINT NOT NULL DEFAULT 0;
CREATE INDEX work_broken ON work (shop, due_at) WHERE complains = 1;

-- Refunds that are late and were told to be: some of them are complained about by themselves.
CREATE INDEX refunds_long_late ON refunds (arrives_by)
    WHERE told_late = 2 AND state IN ('requested', 'approved', 'sent', 'in_clearing');
