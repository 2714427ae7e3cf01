-- The trail is only added to: what is on record is neither changed nor taken out, whoever asks for it.
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is only added to');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is only added to');
END;

-- REPLACE deletes without a DELETE.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE order_id = NEW.order_id AND seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is only added to');
END;
