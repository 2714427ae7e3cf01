//! Complaints: the form, filled in with what it is about, and one complaint.

/// The form of a complaint about an order.
pub fn complain(order: &str) -> String {
    super::order(order) + "/complain"
}

/// The same with what its URL's query says.
pub(super) fn complain_with(order: &str, search: &str) -> String {
    let mut path = complain(order);
    if !search.is_empty() {
        path.push('?');
        path.push_str(search);
    }
    path
}

/// The form about an after-sale case of an order.
pub fn complain_of_case(order: &str, case: &str) -> String {
    super::with_query(&complain(order), &[("case", case)])
}

/// The form about a refund of an order.
pub fn complain_of_refund(order: &str, refund: &str) -> String {
    super::with_query(&complain(order), &[("refund", refund)])
}

/// One complaint.
pub fn complaint(id: &str) -> String {
    super::one("/complaints/", id)
}

/// Where the form that says something in a complaint leads.
pub fn complaint_messages(id: &str) -> String {
    complaint(id) + "/messages"
}

/// Where the form that accepts a proposal leads.
pub fn complaint_acceptance(id: &str) -> String {
    complaint(id) + "/acceptance"
}

/// Where the form that disputes it leads.
pub fn complaint_dispute(id: &str) -> String {
    complaint(id) + "/dispute"
}

/// Where the form that withdraws a complaint leads.
pub fn complaint_withdrawal(id: &str) -> String {
    complaint(id) + "/withdrawal"
}

/// What a complaint is to be about, besides its order, as the query of the form's URL says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComplainQuery {
    /// The after-sale case; empty for none.
    pub case: String,
    /// The refund; empty for none.
    pub refund: String,
}

impl ComplainQuery {
    /// What a query string says, with or without its `?`.
    pub fn parse(search: &str) -> Self {
        Self {
            case: super::value_in(search, "case"),
            refund: super::value_in(search, "refund"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;

    #[test]
    fn the_form_knows_from_its_url_what_it_is_about() {
        for (url, case, refund) in [
            (complain("o&1"), "", ""),
            (complain_of_case("o&1", "o&1-C1"), "o&1-C1", ""),
            (complain_of_refund("o&1", "o&1-R1"), "", "o&1-R1"),
        ] {
            let page = Page::of_url(&url);
            assert_eq!(page.href(), url);
            let Page::Complain { id, search } = page else {
                panic!("{url}");
            };
            assert_eq!(id, "o&1");
            let about = ComplainQuery::parse(&search);
            assert_eq!((about.case.as_str(), about.refund.as_str()), (case, refund));
        }
    }

    #[test]
    fn a_complaint_has_a_page_and_what_its_forms_lead_to_shows_it() {
        let page = Page::Complaint { id: "c 1".into() };
        for url in [
            complaint("c 1"),
            complaint_messages("c 1"),
            complaint_acceptance("c 1"),
            complaint_dispute("c 1"),
            complaint_withdrawal("c 1"),
        ] {
            assert_eq!(Page::of_url(&url), page, "{url}");
        }
        assert_eq!(page.href(), "/complaints/c%201");
        assert_eq!(Page::of_url("/complaints"), Page::NotFound);
        assert_eq!(Page::of_url("/complaints/c1/else"), Page::NotFound);
    }
}
