-- Refunds that Tepai makes itself: who makes each, how far it is at the provider, and what is to be done next.

-- JSON: provider, payment, the provider's id, why it failed.
ALTER TABLE refunds ADD COLUMN course TEXT NOT NULL DEFAULT '{}';
-- Of the same, what rows are found by. The provider is empty where the shop makes the refund.
ALTER TABLE refunds ADD COLUMN provider TEXT NOT NULL DEFAULT '';
ALTER TABLE refunds ADD COLUMN sent_at BIGINT;
-- Which broken promise was told: 0 none, 1 that it was not sent, 2 that it did not arrive.
ALTER TABLE refunds ADD COLUMN told_late BIGINT NOT NULL DEFAULT 0;
CREATE INDEX refunds_of_provider ON refunds (provider, sent_at) WHERE provider <> '';
-- What may be later than was promised, and was not told.
CREATE INDEX refunds_to_be_sent ON refunds (starts_by) WHERE told_late < 1 AND state IN ('requested', 'approved');
CREATE INDEX refunds_to_arrive ON refunds (arrives_by) WHERE told_late < 2 AND state IN ('requested', 'approved', 'sent', 'in_clearing');

-- One row for each refund that Tepai makes and that is under way, written and deleted with the refund itself. Whoever
-- takes one up moves `due_at` to when somebody else may: what a crash leaves behind comes back by itself.
CREATE TABLE refund_jobs (
    refund_id TEXT   NOT NULL PRIMARY KEY REFERENCES refunds (id),
    order_id  TEXT   NOT NULL,
    provider  TEXT   NOT NULL,
    due_at    BIGINT NOT NULL,
    -- Tries in a row that the provider did not answer, or answered with "later".
    tries     BIGINT NOT NULL,
    -- What the last of them said.
    trouble   TEXT
);
CREATE INDEX refund_jobs_due ON refund_jobs (due_at);

-- What comparing our refunds of a day with the provider's showed.
CREATE TABLE reconciliations (
    provider      TEXT   NOT NULL,
    day           TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    ours_count    BIGINT NOT NULL,
    ours_amount   BIGINT NOT NULL,
    theirs_count  BIGINT NOT NULL,
    theirs_amount BIGINT NOT NULL,
    -- JSON.
    differences   TEXT   NOT NULL,
    PRIMARY KEY (provider, day)
);
