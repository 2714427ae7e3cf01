//! From a case to its complaint: the one there is, or the form with the case filled in.

use leptos::prelude::*;
use orders_api::CaseDetail;

use crate::paths;
use crate::ui::Icon;
use crate::words::Lang;

use super::words::Words;

/// The panel; `None` where there is no complaint and none may be made.
pub fn complaint_view(lang: Lang, case: &CaseDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    let there = case.complaint.as_deref().map(|id| {
        view! {
            <a class="contact" href=paths::complaint(id)>
                <Icon name="info"/>
                <span>
                    <span class="contact-what">{words.complaint_see}</span>
                    <span class="contact-more">{words.complaint_see_more}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        }
    });
    let may = case.may_complain.then(|| {
        view! {
            <a class="contact" href=paths::complain_of_case(&case.order.id, &case.id)>
                <Icon name="warning"/>
                <span>
                    <span class="contact-what">{words.complain}</span>
                    <span class="contact-more">{words.complain_more}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        }
    });
    (there.is_some() || may.is_some()).then(|| {
        view! {
            <section class="panel" id="complaint" aria-labelledby="complaint-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="complaint-title">{words.complaint}</h2>
                </div>
                <div>{there}{may}</div>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use orders_api::CaseState;

    use super::super::sample;
    use super::*;

    fn panel(lang: Lang, case: &CaseDetail) -> String {
        let view = || complaint_view(lang, case).map(|view| view.to_html());
        Owner::new().with(view).unwrap_or_default()
    }

    #[test]
    fn a_refused_case_leads_to_the_form_with_itself_and_to_the_complaint_there_is() {
        for lang in Lang::ALL {
            let mut case = sample::case(CaseState::Rejected);
            assert_eq!(panel(lang, &case), "");
            case.may_complain = true;
            let form = "href=\"/orders/o1/complain?case=o1-C1\"";
            assert!(panel(lang, &case).contains(form));
            case.complaint = Some("o1-P1".into());
            let both = panel(lang, &case);
            assert!(both.contains(form) && both.contains("href=\"/complaints/o1-P1\""));
            case.may_complain = false;
            let html = panel(lang, &case);
            assert!(!html.contains(form), "{html}");
            assert!(html.contains("href=\"/complaints/o1-P1\""), "{html}");
        }
    }
}
