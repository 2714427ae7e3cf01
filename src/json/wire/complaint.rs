//! Complaints: what may be complained about, what became of it, and what a shopper says.

use orders_api::*;

use super::texts;
use crate::json::{Json, Read, Write};

codes! {
    ComplaintAct, ComplaintAction, ComplaintConsequence, ComplaintStep, ComplaintWish, ProposalKind,
}

structs! {
    ComplaintOptions {
        order, subjects, topics, wishes, refundable, evidence_at_once, confirm_by, propose_by,
        answer_days, silence, outside, shop, support,
    }
    ComplaintSubject { case, refund, complaint }
    OutsideRoute { name, phone, url, when }
    OpenComplaint { topic, wish, amount, case, refund, text, evidence default }
    ComplaintDetail {
        id, state, turn, until, then, topic, wish, wished, case, refund, opened_at, stages,
        escalated_at, outside_at, proposal, thread, refunds, actions, evidence_at_once, outside,
        order, shop, support,
    }
    ComplaintStage { step, at, by }
    ComplaintProposal { kind, amount, points, gift, reason, last, refunds }
    ComplaintEntry { at, by, what, text, evidence, proposal }
    ComplaintMessage { text, evidence default }
    AcceptProposal { last }
    DisputeProposal { last, text, evidence default }
}

impl Write for OpenComplaint {
    fn json(&self) -> Json {
        // What is `null` counts as absent.
        let text = |text: Option<&str>| text.map(Json::text).unwrap_or_default();
        Json::object([
            ("topic", Json::text(self.topic.code())),
            ("wish", Json::text(self.wish.code())),
            ("amount", self.amount.map_or(Json::Null, Json::Whole)),
            ("case", text(self.case.as_deref())),
            ("refund", text(self.refund.as_deref())),
            ("text", Json::text(&self.text)),
            ("evidence", texts(&self.evidence)),
        ])
    }
}

impl Write for ComplaintMessage {
    fn json(&self) -> Json {
        Json::object([
            ("text", Json::text(&self.text)),
            ("evidence", texts(&self.evidence)),
        ])
    }
}

impl Write for AcceptProposal {
    fn json(&self) -> Json {
        Json::object([("last", Json::Bool(self.last))])
    }
}

impl Write for DisputeProposal {
    fn json(&self) -> Json {
        Json::object([
            ("last", Json::Bool(self.last)),
            ("text", Json::text(&self.text)),
            ("evidence", texts(&self.evidence)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::features::complaint::sample;
    use crate::json::read;

    /// Written by serde, read by ours.
    #[track_caller]
    fn agrees<T: Serialize + Read + PartialEq + Debug>(value: &T) {
        let text = serde_json::to_string(value).expect("JSON");
        assert_eq!(read::<T>(&text).as_ref(), Some(value), "{text}");
    }

    /// Written by ours, read by serde and by ours.
    #[track_caller]
    fn is_understood<T: Write + Read + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let text = value.json().print();
        assert_eq!(
            serde_json::from_str::<T>(&text).ok().as_ref(),
            Some(value),
            "{text}"
        );
        assert_eq!(read::<T>(&text).as_ref(), Some(value), "{text}");
    }

    #[test]
    fn complaints_are_read_as_the_server_writes_them() {
        for complaint in sample::every() {
            agrees(&complaint);
        }
        let mut options = sample::options();
        agrees(&options);
        options.subjects[1].complaint = Some("o1-P1".into());
        options.silence = ComplaintConsequence::Outside;
        agrees(&options);
    }

    #[test]
    fn what_a_shopper_says_is_understood() {
        let whole = sample::opening();
        is_understood(&whole);
        agrees(&whole);
        is_understood(&OpenComplaint {
            amount: None,
            case: None,
            refund: Some("o1-R1".into()),
            wish: ComplaintWish::Explanation,
            evidence: Vec::new(),
            ..whole
        });
        is_understood(&ComplaintMessage {
            text: "应该\"全退\"\n".into(),
            evidence: vec!["e1".into()],
        });
        for last in [false, true] {
            is_understood(&AcceptProposal { last });
            is_understood(&DisputeProposal {
                last,
                text: "应该\"全退\"\n".into(),
                evidence: vec!["e1".into()],
            });
        }
    }

    #[test]
    fn every_code_of_a_complaint_has_its_name() {
        for act in ComplaintAct::ALL {
            agrees(&act);
        }
        for action in ComplaintAction::ALL {
            agrees(&action);
        }
        for follows in ComplaintConsequence::ALL {
            agrees(&follows);
        }
        for step in ComplaintStep::ALL {
            agrees(&step);
        }
        for kind in ProposalKind::ALL {
            agrees(&kind);
        }
        for wish in ComplaintWish::ALL {
            agrees(&wish);
        }
    }
}
