-- What the staff write for one another about an order or a conversation. Rows are added and never changed.
CREATE TABLE notes (
    -- 'order' or 'conversation'.
    about   TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    -- Counts from 1 within what it is about.
    seq     BIGINT NOT NULL,
    staff   TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    text    TEXT   NOT NULL,
    PRIMARY KEY (about, subject, seq)
);
