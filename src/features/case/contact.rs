//! What an e-mail to support about a case begins with: all that a person there needs to look it up.

use orders_api::CaseDetail;

use crate::features::support::Mail;
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// Case and order number, shop, what is asked for, why, and where it stands.
pub fn mail(lang: Lang, case: &CaseDetail) -> Mail {
    let words = Words::of(lang);
    let amount = format::money(&case.settlement.amount);
    let values = [
        ("id", case.id.as_str()),
        ("number", case.order.number.as_str()),
        ("shop", case.shop.name.as_str()),
        ("kind", codes::case_kind(lang, case.kind)),
        ("reason", case.reason.as_str()),
        ("amount", amount.as_str()),
        ("state", codes::case_state(lang, case.state)),
    ];
    Mail {
        subject: fill(words.mail_subject, &values),
        body: fill(words.mail_body, &values),
        about: about(case),
    }
}

/// The case, since when it is open, and its line where it is about one only.
fn about(case: &CaseDetail) -> SupportQuery {
    let line = match &case.lines[..] {
        [only] => only.line.id.clone(),
        _ => String::new(),
    };
    SupportQuery {
        since: format::day_of(&case.opened_at).0,
        line,
        ..SupportQuery::of_case(&case.order.id, &case.id)
    }
}

#[cfg(test)]
mod tests {
    use orders_api::CaseState;

    use super::super::sample;
    use super::*;

    #[test]
    fn the_chat_is_told_the_case_since_when_and_which_line() {
        let mut case = sample::case(CaseState::Rejected);
        let about = mail(Lang::En, &case).about;
        assert_eq!((about.order.as_str(), about.case.as_str()), ("o1", "o1-C1"));
        assert_eq!(about.since, format::day_of(&case.opened_at).0);
        case.lines.truncate(1);
        let line = case.lines[0].line.id.clone();
        assert_eq!(mail(Lang::En, &case).about.line, line);
        case.lines.push(case.lines[0].clone());
        assert_eq!(mail(Lang::En, &case).about.line, "");
    }

    #[test]
    fn the_mail_names_the_case_in_its_subject_and_all_that_a_person_needs_below() {
        let case = sample::case(CaseState::Rejected);
        let written = mail(Lang::En, &case);
        assert_eq!(
            written.subject,
            "After-sale case o1-C1 (order TP202611210318, The shop said no)"
        );
        for text in [
            "Case number: o1-C1\n",
            "Order number: TP202611210318\n",
            "Kind: Return and refund\n",
            "Reason: 不喜欢或不合适\n",
            "Amount: ¥102.40\n",
        ] {
            assert!(written.body.contains(text), "{text}: {}", written.body);
        }
        assert!(mail(Lang::ZhCn, &case).body.contains("售后编号：o1-C1\n"));
    }
}
