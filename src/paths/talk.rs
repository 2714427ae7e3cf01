//! Talking to a person: the ways there are, filled in with what is known already, and a conversation.

use orders_api::Topic;

/// The ways to a person.
pub const SUPPORT: &str = "/support";

/// The ways to a person, as their URL's query says.
pub(super) fn support(search: &str) -> String {
    let mut path = SUPPORT.to_owned();
    if !search.is_empty() {
        path.push('?');
        path.push_str(search);
    }
    path
}

/// One conversation.
pub fn conversation(id: &str) -> String {
    super::one("/support/", id)
}

/// Where the form that says something leads.
pub fn conversation_messages(id: &str) -> String {
    conversation(id) + "/messages"
}

/// What a page without the program asks for, as for an image: it has shown everything up to the message `seq`.
pub fn conversation_read(id: &str, seq: i64) -> String {
    format!("{}/read?seq={seq}", conversation(id))
}

/// Where the form that ends a conversation leads.
pub fn conversation_end(id: &str) -> String {
    conversation(id) + "/end"
}

/// Where the form that says how it was leads.
pub fn conversation_rating(id: &str) -> String {
    conversation(id) + "/rating"
}

/// What a conversation is to be about, as far as it is known where one comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportQuery {
    /// The order; empty for none.
    pub order: String,
    /// The after-sale case; empty for none.
    pub case: String,
    /// The refund; empty for none.
    pub refund: String,
    /// The complaint; empty for none.
    pub complaint: String,
    /// The shop, where it is about no order; empty for the first.
    pub shop: String,
    /// What it is about.
    pub topic: Option<Topic>,
    /// Since which day, `YYYY-MM-DD`; empty for none.
    pub since: String,
    /// The line of the order; empty for none.
    pub line: String,
}

impl SupportQuery {
    /// About an order.
    pub fn of_order(order: &str, topic: Topic) -> Self {
        Self {
            order: order.to_owned(),
            topic: Some(topic),
            ..Self::default()
        }
    }

    /// About an after-sale case of an order.
    pub fn of_case(order: &str, case: &str) -> Self {
        Self {
            case: case.to_owned(),
            ..Self::of_order(order, Topic::AfterSale)
        }
    }

    /// About a refund; the server knows its order.
    pub fn of_refund(refund: &str) -> Self {
        Self {
            refund: refund.to_owned(),
            topic: Some(Topic::Refund),
            ..Self::default()
        }
    }

    /// About a complaint; the server knows its order.
    pub fn of_complaint(complaint: &str) -> Self {
        Self {
            complaint: complaint.to_owned(),
            topic: Some(Topic::Other),
            ..Self::default()
        }
    }

    /// Whether it is about an order, by its own id or by that of something of it.
    pub fn is_of_order(&self) -> bool {
        [&self.order, &self.case, &self.refund, &self.complaint]
            .iter()
            .any(|id| !id.is_empty())
    }

    /// With a shop.
    pub fn of_shop(shop: &str) -> Self {
        Self {
            shop: shop.to_owned(),
            ..Self::default()
        }
    }

    /// What the query string of a URL says, with or without its `?`.
    pub fn parse(search: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in super::pairs(search) {
            match name {
                "order" => query.order = value,
                "case" => query.case = value,
                "refund" => query.refund = value,
                "complaint" => query.complaint = value,
                "shop" => query.shop = value,
                "topic" => query.topic = Topic::from_code(&value),
                "since" => query.since = super::query::day_or_nothing(value),
                "line" => query.line = value,
                _ => {}
            }
        }
        query
    }

    /// Whose it is, without what it is about; empty or with its `?`.
    pub fn whose(&self) -> String {
        super::with_query("", &self.names())
    }

    /// The page.
    pub fn href(&self) -> String {
        let [order, case, refund, complaint, shop] = self.names();
        let topic = self.topic.map_or("", Topic::code);
        let about = [
            order,
            case,
            refund,
            complaint,
            shop,
            ("topic", topic),
            ("since", &self.since),
            ("line", &self.line),
        ];
        super::with_query(SUPPORT, &about)
    }

    fn names(&self) -> [(&'static str, &str); 5] {
        [
            ("order", &self.order),
            ("case", &self.case),
            ("refund", &self.refund),
            ("complaint", &self.complaint),
            ("shop", &self.shop),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;

    #[test]
    fn what_is_known_is_in_the_address_and_comes_back() {
        for query in [
            SupportQuery::default(),
            SupportQuery::of_order("o&1", Topic::Refund),
            SupportQuery::of_case("o1", "o1-C1"),
            SupportQuery::of_shop("tepai"),
            SupportQuery::of_refund("o1-R1"),
            SupportQuery {
                since: "2026-11-20".into(),
                line: "l 1".into(),
                ..SupportQuery::of_complaint("o1-K1")
            },
        ] {
            let href = query.href();
            let Page::Support { search } = Page::of_url(&href) else {
                panic!("{href}");
            };
            assert_eq!(SupportQuery::parse(&search), query);
            assert_eq!(Page::of_url(&href).href(), href);
        }
        assert_eq!(SupportQuery::parse("?topic=nonsense").topic, None);
        assert_eq!(SupportQuery::parse("?since=yesterday").since, "");
    }

    #[test]
    fn a_conversation_has_a_page_and_what_its_forms_lead_to_shows_it() {
        let page = Page::Conversation { id: "c 1".into() };
        for url in [
            conversation("c 1"),
            conversation_messages("c 1"),
            conversation_end("c 1"),
            conversation_rating("c 1"),
        ] {
            assert_eq!(Page::of_url(&url), page, "{url}");
        }
        assert_eq!(page.href(), "/support/c%201");
        assert_eq!(Page::of_url("/support/c1/else"), Page::NotFound);
    }
}
