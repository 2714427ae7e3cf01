//! Where going back leads, for a host app whose back button asks the page first.

use crate::paths::Page;

/// The pages of this visit that lie behind the one that is shown, as far as they are known.
#[derive(Clone, Debug, Default)]
pub struct Trail(Vec<Page>);

/// What going back does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// One step in the browser's history: what lies there is as it was left.
    Step,
    /// To the list, in the place of this page: it was opened from outside.
    ToList,
    /// Nothing: the host closes.
    Out,
}

/// Longer ones are forgotten from their beginning.
const KEPT: usize = 50;

impl Trail {
    /// A page is shown now.
    pub fn visit(&mut self, page: Page) {
        let pages = &mut self.0;
        if pages.last() == Some(&page) {
            return;
        }
        let came_back = pages.len() >= 2 && pages.get(pages.len() - 2) == Some(&page);
        if came_back {
            pages.pop();
            return;
        }
        if pages.len() == KEPT {
            pages.remove(0);
        }
        pages.push(page);
    }

    /// What going back from the page that is shown does.
    pub fn back(&self) -> Back {
        match self.0.last() {
            Some(
                shown @ (Page::Order { .. }
                | Page::Refund { .. }
                | Page::AfterSale { .. }
                | Page::Case { .. }
                | Page::Complain { .. }
                | Page::Complaint { .. }
                | Page::Notifications
                | Page::Support { .. }
                | Page::Conversation { .. }
                | Page::Help(_)
                | Page::HelpArticle { .. }
                | Page::Policy { .. }
                | Page::NotFound),
            ) => {
                let before = self.0.len().checked_sub(2).and_then(|at| self.0.get(at));
                match before {
                    Some(
                        Page::Orders(_)
                        | Page::Refund { .. }
                        | Page::AfterSale { .. }
                        | Page::Case { .. }
                        | Page::Complain { .. }
                        | Page::Complaint { .. }
                        | Page::Notifications
                        | Page::Support { .. }
                        | Page::Conversation { .. }
                        | Page::Help(_)
                        | Page::HelpArticle { .. }
                        | Page::Policy { .. },
                    ) => Back::Step,
                    // An order before an order is the same one, with its dialog or without.
                    Some(Page::Order { .. })
                        if !matches!(shown, Page::Order { .. } | Page::NotFound) =>
                    {
                        Back::Step
                    }
                    _ => Back::ToList,
                }
            }
            Some(Page::Orders(_) | Page::LogIn { .. } | Page::Guest { .. }) | None => Back::Out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back_after(urls: &[&str]) -> Back {
        let mut trail = Trail::default();
        for url in urls {
            trail.visit(Page::of_url(url));
        }
        trail.back()
    }

    #[test]
    fn back_leads_to_the_list_and_then_out() {
        for (urls, back) in [
            (&["/orders"] as &[&str], Back::Out),
            (&["/orders", "/orders/1"], Back::Step),
            (&["/orders", "/orders/1", "/orders"], Back::Out),
            (
                &["/orders", "/orders/1", "/orders", "/orders/1"],
                Back::Step,
            ),
            (&["/orders/1"], Back::ToList),
            // Through the dialog and out of it again.
            (
                &["/orders", "/orders/1", "/orders/1/cancel", "/orders/1"],
                Back::Step,
            ),
            // The dialog was the way in: its entry of the history is the page's now.
            (&["/orders/1/cancel", "/orders/1"], Back::ToList),
            (&["/login?next=/orders/1", "/orders/1"], Back::ToList),
            // From an order to its refunds, and back again.
            (&["/orders", "/orders/1", "/refunds/1"], Back::Step),
            (&["/refunds/1", "/refunds/2"], Back::Step),
            (&["/refunds/1", "/orders/1"], Back::Step),
            (&["/refunds/1"], Back::ToList),
            (&["/login?next=/refunds/1", "/refunds/1"], Back::ToList),
            (&["/orders/1", "/help/cannot-cancel?shop=tepai"], Back::Step),
            (&["/help"], Back::ToList),
            (&["/login"], Back::Out),
            (&["/nowhere"], Back::ToList),
            (&[], Back::Out),
        ] {
            assert_eq!(back_after(urls), back, "{urls:?}");
        }
    }

    #[test]
    fn a_long_visit_forgets_its_beginning() {
        let mut trail = Trail::default();
        for n in 0..200 {
            trail.visit(Page::of_url(&format!("/orders/{n}")));
        }
        assert_eq!(trail.0.len(), KEPT);
        trail.visit(Page::of_url("/orders"));
        trail.visit(Page::of_url("/orders/1"));
        assert_eq!(trail.back(), Back::Step);
    }
}
