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
