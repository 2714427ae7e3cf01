-- What the charts of the staff count: by shop and day, from indexes.

-- Orders of which nothing is left, by when they were placed, and by whom and why they were cancelled.
CREATE INDEX orders_cancelled_of_shop ON orders (shop, placed_at, id) WHERE state = 'cancelled';
CREATE INDEX timeline_of_cancelled ON timeline (order_id, actor, detail) WHERE what = 'cancelled';
-- Refunds by when they were made ready, and when they started.
CREATE INDEX refunds_by_age ON refunds (created_at, id);
CREATE INDEX timeline_of_started ON timeline (order_id, detail, at, what)
    WHERE what IN ('refund_sent', 'refund_in_clearing', 'refund_arrived');
-- Cases and complaints by when they were opened.
CREATE INDEX timeline_of_cases ON timeline (at, order_id, detail) WHERE what = 'case_opened';
CREATE INDEX timeline_of_complaints ON timeline (at, order_id, detail) WHERE what = 'complaint_opened';

-- The queue of the staff: of what is due at the same time, and of what never is, what has waited longest comes first.
DROP INDEX work_due;
DROP INDEX work_due_of_kind;
CREATE INDEX work_due ON work (shop, due_at, since, id);
CREATE INDEX work_due_of_kind ON work (shop, kind, due_at, since, id);

-- Orders as staff look for them: by the number whatever its case, and by the telephone of the address, as digits. Empty for
-- what goes nowhere; what has none yet is filled in at start.
ALTER TABLE orders ADD COLUMN phone TEXT;
CREATE INDEX orders_by_any_number ON orders (lower(number), placed_at DESC, id DESC);
CREATE INDEX orders_by_phone ON orders (phone, placed_at DESC, id DESC);
