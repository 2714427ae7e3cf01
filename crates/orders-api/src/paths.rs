//! Every URL of the API, in one place.

/// The base of the versioned API.
pub const BASE: &str = "/api/v1";
/// `POST` `GET` `DELETE`.
pub const SESSION: &str = "/api/v1/session";
/// `POST`: log in with a host app's one-time code.
pub const HANDOFF: &str = "/api/v1/session/handoff";
/// `GET`: to what guests' codes are sent.
pub const GUEST: &str = "/api/v1/guest";
/// `POST`: ask for a guest's code.
pub const GUEST_CODES: &str = "/api/v1/guest/codes";
/// `POST`: see an order with the code.
pub const GUEST_SESSION: &str = "/api/v1/guest/session";
/// `GET`: who may be the host of a page in a frame.
pub const HOSTS: &str = "/api/v1/hosts";
/// `GET`.
pub const ORDERS: &str = "/api/v1/orders";
/// Where payment providers tell what has moved: `POST` to `/{name}/notifications` below it.
pub const PROVIDERS: &str = "/api/v1/providers";
/// `GET`, server-sent events.
pub const EVENTS: &str = "/api/v1/events";

/// `GET` one order.
pub fn order(id: &str) -> String {
    format!("{ORDERS}/{}", segment(id))
}

/// `GET` what a cancel would do; `?line=ID:QTY` for parts.
pub fn cancellation_preview(id: &str) -> String {
    format!("{}/cancellation/preview", order(id))
}

/// `POST` to cancel or ask for it, `DELETE` to withdraw the request.
pub fn cancellation(id: &str) -> String {
    format!("{}/cancellation", order(id))
}

/// `PUT` to correct address and telephone.
pub fn address(id: &str) -> String {
    format!("{}/address", order(id))
}

/// `GET` one refund.
pub fn refund(id: &str) -> String {
    format!("{BASE}/refunds/{}", segment(id))
}

/// `PUT` to ask for another way for a refund, `DELETE` to take that back.
pub fn refund_way(id: &str) -> String {
    format!("{}/way", refund(id))
}

/// `GET` what may be asked for after receipt.
pub fn after_sale(order: &str) -> String {
    format!("{}/after-sale", self::order(order))
}

/// `GET` what a case would come to.
pub fn after_sale_preview(order: &str) -> String {
    format!("{}/preview", after_sale(order))
}

/// `POST` to open a case.
pub fn cases(order: &str) -> String {
    format!("{}/cases", self::order(order))
}

/// `GET` one case.
pub fn case(id: &str) -> String {
    format!("{BASE}/cases/{}", segment(id))
}

/// `POST` what a second person says of what a colleague granted in a case.
pub fn staff_case_approvals(id: &str) -> String {
    format!("{}/approvals", staff_case(id))
}

/// `POST` to say something in a case.
pub fn case_messages(id: &str) -> String {
    format!("{}/messages", case(id))
}

/// `POST` to appeal.
pub fn case_appeal(id: &str) -> String {
    format!("{}/appeal", case(id))
}

/// `PUT` the parcel that goes back.
pub fn case_parcel(id: &str) -> String {
    format!("{}/parcel", case(id))
}

/// `POST` to withdraw a case.
pub fn case_withdrawal(id: &str) -> String {
    format!("{}/withdrawal", case(id))
}

/// `GET` what may be complained about.
pub fn complaint_options(order: &str) -> String {
    format!("{}/complaint", self::order(order))
}

/// `POST` to complain.
pub fn complaints(order: &str) -> String {
    format!("{}/complaints", self::order(order))
}

/// `GET` one complaint.
pub fn complaint(id: &str) -> String {
    format!("{BASE}/complaints/{}", segment(id))
}

/// `POST` to say something in a complaint.
pub fn complaint_messages(id: &str) -> String {
    format!("{}/messages", complaint(id))
}

/// `POST` to accept what is proposed; no body.
pub fn complaint_acceptance(id: &str) -> String {
    format!("{}/acceptance", complaint(id))
}

/// `POST` to dispute what is proposed.
pub fn complaint_dispute(id: &str) -> String {
    format!("{}/dispute", complaint(id))
}

/// `POST` to withdraw a complaint; no body.
pub fn complaint_withdrawal(id: &str) -> String {
    format!("{}/withdrawal", complaint(id))
}

/// `POST` to begin an upload.
pub const EVIDENCE: &str = "/api/v1/evidence";

/// `GET` how far an upload is, `PATCH` to send a piece, `DELETE` to give it up.
pub fn evidence(id: &str) -> String {
    format!("{EVIDENCE}/{}", segment(id))
}

/// `GET` the photo or video itself.
pub fn evidence_file(id: &str) -> String {
    format!("{}/file", evidence(id))
}

/// `GET` the shopper's notifications.
pub const NOTIFICATIONS: &str = "/api/v1/notifications";
/// `GET` how many of them were not read.
pub const UNREAD: &str = "/api/v1/notifications/unread";
/// `POST` to have read them.
pub const READ: &str = "/api/v1/notifications/read";

/// Everything of the console is below this.
pub const STAFF: &str = "/api/v1/staff";
/// `POST` `GET` `DELETE`: the console's log-in.
pub const STAFF_SESSION: &str = "/api/v1/staff/session";
/// `GET` orders by what somebody says of them.
pub const STAFF_ORDERS: &str = "/api/v1/staff/orders";
/// `GET` after-sale cases.
pub const STAFF_CASES: &str = "/api/v1/staff/cases";
/// `GET` refunds for which another way is asked for.
pub const STAFF_REFUNDS: &str = "/api/v1/staff/refunds";

/// `GET` one order, as staff see it.
pub fn staff_order(id: &str) -> String {
    format!("{STAFF_ORDERS}/{}", segment(id))
}

/// `GET` who did what with an order.
pub fn staff_audit(id: &str) -> String {
    format!("{}/audit", staff_order(id))
}

/// `POST` to confirm an order.
pub fn staff_confirmation(id: &str) -> String {
    format!("{}/confirmation", staff_order(id))
}

/// `POST` to lift the limit of its shopper.
pub fn staff_limit_lifting(id: &str) -> String {
    format!("{}/limit/lifting", staff_order(id))
}

/// `POST` to cancel an order for its seller.
pub fn staff_cancellation(id: &str) -> String {
    format!("{}/cancellation", staff_order(id))
}

/// `POST` to decide a request to cancel.
pub fn staff_request_decisions(id: &str) -> String {
    format!("{}/request/decisions", staff_order(id))
}

/// `POST` what a second person says of a request that a colleague granted.
pub fn staff_request_approvals(id: &str) -> String {
    format!("{}/request/approvals", staff_order(id))
}

/// `POST` what a second person says of what a colleague cancels for the seller.
pub fn staff_cancellation_approvals(id: &str) -> String {
    format!("{}/approvals", staff_cancellation(id))
}

/// `PUT` to correct where an order goes.
pub fn staff_address(id: &str) -> String {
    format!("{}/address", staff_order(id))
}

/// `GET` one case, as staff see it.
pub fn staff_case(id: &str) -> String {
    format!("{STAFF_CASES}/{}", segment(id))
}

/// `POST` to decide a case.
pub fn staff_case_decisions(id: &str) -> String {
    format!("{}/decisions", staff_case(id))
}

/// `POST` to say something in a case.
pub fn staff_case_messages(id: &str) -> String {
    format!("{}/messages", staff_case(id))
}

/// `GET` complaints, as staff see them.
pub const STAFF_COMPLAINTS: &str = "/api/v1/staff/complaints";

/// `GET` one complaint, as staff see it.
pub fn staff_complaint(id: &str) -> String {
    format!("{STAFF_COMPLAINTS}/{}", segment(id))
}

/// `POST` to take a complaint up; no body.
pub fn staff_complaint_investigation(id: &str) -> String {
    format!("{}/investigation", staff_complaint(id))
}

/// `POST` to say something in a complaint.
pub fn staff_complaint_messages(id: &str) -> String {
    format!("{}/messages", staff_complaint(id))
}

/// `POST` to propose something in a complaint.
pub fn staff_complaint_proposals(id: &str) -> String {
    format!("{}/proposals", staff_complaint(id))
}

/// `POST` what a second person says of a proposal.
pub fn staff_complaint_approvals(id: &str) -> String {
    format!("{}/approvals", staff_complaint(id))
}

/// `GET` one refund, with the account that its shopper named.
pub fn staff_refund(id: &str) -> String {
    format!("{STAFF_REFUNDS}/{}", segment(id))
}

/// `POST` to decide on another way for a refund.
pub fn staff_refund_decisions(id: &str) -> String {
    format!("{}/decisions", staff_refund(id))
}

/// `GET` a photo or video that a case or a conversation has.
pub fn staff_evidence_file(id: &str) -> String {
    format!("{STAFF}/evidence/{}/file", segment(id))
}

/// `GET` what the staff noted about an order, `POST` to add to it.
pub fn staff_order_notes(id: &str) -> String {
    format!("{}/notes", staff_order(id))
}

/// `GET` what the staff noted about a conversation, `POST` to add to it.
pub fn staff_conversation_notes(id: &str) -> String {
    format!("{}/notes", staff_conversation(id))
}

/// `GET` all that was said in a conversation, as a text with who of the staff it was.
pub fn staff_transcript(id: &str) -> String {
    format!("{}/transcript", staff_conversation(id))
}

/// `GET` the canned replies, `POST` to add one.
pub const STAFF_REPLIES: &str = "/api/v1/staff/replies";

/// `PUT` to change a canned reply, `DELETE` with `?revision=` to archive it.
pub fn staff_reply(id: &str) -> String {
    format!("{STAFF_REPLIES}/{}", segment(id))
}

/// `GET` the canned replies as they are said in a conversation.
pub fn staff_conversation_replies(id: &str) -> String {
    format!("{}/replies", staff_conversation(id))
}

/// `GET` what was asked about an order, `POST` to begin an enquiry.
pub fn staff_order_enquiries(id: &str) -> String {
    format!("{}/enquiries", staff_order(id))
}

/// `GET` what was asked in a conversation, `POST` to begin an enquiry.
pub fn staff_conversation_enquiries(id: &str) -> String {
    format!("{}/enquiries", staff_conversation(id))
}

/// `POST` a step of an enquiry: `who`, `look-up` or `answer`.
pub fn staff_enquiry_step(id: &str, step: &str) -> String {
    format!("{STAFF}/enquiries/{}/{step}", segment(id))
}

/// `GET`, server-sent events for the staff.
pub const STAFF_EVENTS: &str = "/api/v1/staff/events";
/// What staff see as charts.
pub const STAFF_INSIGHT: &str = "/api/v1/staff/insight";
/// One of the charts as a table to take away; `query` says which, of which days and which shop.
pub fn staff_insight_table(query: &str) -> String {
    format!("{STAFF_INSIGHT}.csv?{query}")
}

/// `GET` what waits for the staff.
pub const STAFF_WORK: &str = "/api/v1/staff/work";

/// `PUT` to take something in hand, or to keep it; `DELETE` to let go.
pub fn staff_claim(id: &str) -> String {
    format!("{STAFF_WORK}/{}/claim", segment(id))
}

/// `GET` conversations, as staff see them.
pub const STAFF_CONVERSATIONS: &str = "/api/v1/staff/conversations";
/// `GET` who else may chat for a shop.
pub const STAFF_COLLEAGUES: &str = "/api/v1/staff/colleagues";

/// `GET` one conversation, as staff see it.
pub fn staff_conversation(id: &str) -> String {
    format!("{STAFF_CONVERSATIONS}/{}", segment(id))
}

/// `GET` what was said, `POST` to answer.
pub fn staff_messages(id: &str) -> String {
    format!("{}/messages", staff_conversation(id))
}

/// `GET`, a WebSocket, with `?after=SEQ`.
pub fn staff_socket(id: &str) -> String {
    format!("{}/socket", staff_conversation(id))
}

/// `POST` how far it was read.
pub fn staff_conversation_read(id: &str) -> String {
    format!("{}/read", staff_conversation(id))
}

/// `POST` to take it.
pub fn staff_take(id: &str) -> String {
    format!("{}/take", staff_conversation(id))
}

/// `POST` to give it to a colleague.
pub fn staff_transfer(id: &str) -> String {
    format!("{}/transfer", staff_conversation(id))
}

/// `POST` to put it back into the queue.
pub fn staff_hand_back(id: &str) -> String {
    format!("{}/hand-back", staff_conversation(id))
}

/// `POST` to end it.
pub fn staff_conversation_end(id: &str) -> String {
    format!("{}/end", staff_conversation(id))
}

/// `GET` the articles of the help centre, `?shop=` and `?q=` to search them.
pub const HELP: &str = "/api/v1/help";

/// `GET` one article, `?shop=` for whose policy.
pub fn help_article(id: &str) -> String {
    format!("{HELP}/{}", segment(id))
}

/// `GET` that version of a shop's policy; the one in force when `version` is empty.
pub fn policy(shop: &str, version: &str) -> String {
    let mut path = format!("{BASE}/policies/{}", segment(shop));
    if !version.is_empty() {
        path.push_str("?version=");
        path.push_str(&segment(version));
    }
    path
}

/// `GET` the policies of the shops that somebody of the staff sees.
pub const STAFF_POLICIES: &str = "/api/v1/staff/policies";

/// `GET` one version of a shop's policy, with its text.
pub fn staff_policy(shop: &str, version: &str) -> String {
    let (shop, version) = (segment(shop), segment(version));
    format!("{STAFF_POLICIES}/{shop}?version={version}")
}

/// `GET`, `PUT` or `DELETE` (with `?revision=`) the draft of a shop's next policy.
pub fn staff_policy_draft(shop: &str) -> String {
    format!("{STAFF_POLICIES}/{}/draft", segment(shop))
}

/// `GET` what the draft would have changed in the last days.
pub fn staff_policy_check(shop: &str, days: u32) -> String {
    format!("{}/check?days={days}", staff_policy_draft(shop))
}

/// `POST` to publish the draft.
pub fn staff_publication(shop: &str) -> String {
    format!("{STAFF_POLICIES}/{}/publication", segment(shop))
}

/// `GET` the ways to a person, `?order=` or `?shop=` for what and whom.
pub const SUPPORT: &str = "/api/v1/support";

/// `POST` to begin a conversation, `GET` those of the shopper.
pub const CONVERSATIONS: &str = "/api/v1/conversations";

/// `GET` one conversation.
pub fn conversation(id: &str) -> String {
    format!("{CONVERSATIONS}/{}", segment(id))
}

/// `GET` what was said, with `?after=SEQ&wait=SECONDS`; `POST` to say something.
pub fn messages(id: &str) -> String {
    format!("{}/messages", conversation(id))
}

/// `GET`, a WebSocket, with `?after=SEQ`.
pub fn conversation_socket(id: &str) -> String {
    format!("{}/socket", conversation(id))
}

/// `POST` how far it was read.
pub fn conversation_read(id: &str) -> String {
    format!("{}/read", conversation(id))
}

/// `POST` to end it.
pub fn conversation_end(id: &str) -> String {
    format!("{}/end", conversation(id))
}

/// `POST` how it was.
pub fn conversation_rating(id: &str) -> String {
    format!("{}/rating", conversation(id))
}

/// `GET` all that was said, as a text to keep.
pub fn transcript(id: &str) -> String {
    format!("{}/transcript", conversation(id))
}

/// `text` as one segment of a path or one value of a query: everything but unreserved characters percent-encoded.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}
