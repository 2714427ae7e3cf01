//! Lines of an order, to build one from.

use orders_domain::{Component, Line, LineId, LineKind, LineTrait, LocalText};

/// A line: `line("杯子", 2, 39_00)` is two cups at 39 yuan each, a physical product without any trait.
pub fn line(title: &str, quantity: u32, unit_price: i64) -> LineBuilder {
    line_of(LocalText::plain(title), quantity, unit_price)
}

/// [`line()`], with a title in both languages.
pub fn line_of(title: LocalText, quantity: u32, unit_price: i64) -> LineBuilder {
    LineBuilder(Line {
        id: LineId(String::new()),
        title,
        variant: None,
        quantity,
        cancelled_quantity: 0,
        unit_price,
        image_url: None,
        kind: LineKind::Physical,
        traits: Vec::new(),
        issued: false,
        returned_quantity: 0,
        components: Vec::new(),
    })
}

/// A line in the making.
#[derive(Clone, Debug)]
pub struct LineBuilder(pub(crate) Line);

impl LineBuilder {
    /// Its id; without one it is called after its place in the order: `L1`, `L2` …
    pub fn id(mut self, id: &str) -> Self {
        self.0.id = id.into();
        self
    }

    /// Colour, size, zone or face value.
    pub fn variant(mut self, variant: LocalText) -> Self {
        self.0.variant = Some(variant);
        self
    }

    /// Its picture: an absolute URL or a path.
    pub fn picture(mut self, url: &str) -> Self {
        self.0.image_url = Some(url.to_owned());
        self
    }

    /// A code, a top-up or a membership.
    pub fn digital(mut self) -> Self {
        self.0.kind = LineKind::Digital;
        self
    }

    /// Digital, and given out already.
    pub fn issued(mut self) -> Self {
        self.0.issued = true;
        self.digital()
    }

    /// Made to order.
    pub fn custom(self) -> Self {
        self.having(LineTrait::Custom)
    }

    /// Sold before it is in stock.
    pub fn presale(self) -> Self {
        self.having(LineTrait::Presale)
    }

    /// 一键取消.
    pub fn one_tap(self) -> Self {
        self.having(LineTrait::OneTap)
    }

    /// Of several parts, of which this is one: its share of the price against the weights of the others, and whether it
    /// may be refunded.
    pub fn part(mut self, id: &str, title: LocalText, weight: u32, refundable: bool) -> Self {
        self.0.components.push(Component {
            id: id.to_owned(),
            title,
            weight,
            refundable,
            returned: 0,
        });
        self
    }

    /// With a trait.
    pub fn having(mut self, what: LineTrait) -> Self {
        self.0.traits.push(what);
        self
    }
}
