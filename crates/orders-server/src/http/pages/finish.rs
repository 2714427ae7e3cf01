//! What the server's pages need besides what the storefront's views draw, because the app would do it by itself: the host
//! app's wish for no frame goes along with links and forms, and nothing behind an open dialog can be reached.

use super::markup::{Tag, insert, tags};

/// The host app has a frame of its own.
const EMBED: &str = "embed=1";
/// A form that asks brings its own query.
const FIELD: &str = "<input type=\"hidden\" name=\"embed\" value=\"1\">";
/// In the place of `showModal`, which only the app can call. It goes with the server's page.
const INERT: &str = " inert=\"\"";

/// Whether the URL with this query wants no frame.
pub fn is_embedded(search: &str) -> bool {
    search.split('&').any(|pair| pair == EMBED)
}

/// A URL of ours with that wish.
pub fn embedded(url: &str) -> String {
    match joint(url) {
        Some((at, true)) => insert(url, &[(at, "&embed=1")]),
        Some((at, false)) => insert(url, &[(at, "?embed=1")]),
        None => url.to_owned(),
    }
}

/// The body of a page, drawn by the views, as it is sent.
pub fn finish(body: String, embedded: bool) -> String {
    // Marks for an app that would go on with these very elements; ours draws its own over them.
    let body = body.replace("<!>", "");
    let behind = body.contains("<dialog");
    if !behind && !embedded {
        return body;
    }
    let mut texts = Vec::new();
    for tag in tags(&body) {
        if behind && tag.depth == 0 && tag.name != "dialog" {
            texts.push((tag.name_ends, INERT));
        }
        if embedded {
            texts.extend(wish_in(&tag));
        }
    }
    insert(&body, &texts)
}

/// What makes a link or a form keep the wish, and its place.
fn wish_in(tag: &Tag<'_>) -> Option<(usize, &'static str)> {
    let address = match tag.name {
        "a" => "href",
        "form" if tag.attribute("method").is_none_or(|(how, _)| how != "post") => {
            return Some((tag.ends, FIELD));
        }
        "form" => "action",
        _ => return None,
    };
    let (url, place) = tag.attribute(address)?;
    let (at, more) = joint(url)?;
    let text = if more { "&amp;embed=1" } else { "?embed=1" };
    Some((place.start + at, text))
}

/// Where the wish goes in a URL of ours, and whether it follows something; `None` where it leads to another site or
/// nowhere, and where it is said already.
fn joint(url: &str) -> Option<(usize, bool)> {
    let ours = url.starts_with('/') && !url.starts_with("//") || url.starts_with('?');
    let (url, _) = url.split_once('#').unwrap_or((url, ""));
    let search = url.split_once('?').map(|(_, search)| search);
    let wanted = ours && !search.is_some_and(is_embedded);
    wanted.then_some((url.len(), search.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_of_ours_keeps_its_query_and_its_place_and_takes_the_wish() {
        for (url, with) in [
            ("/orders", "/orders?embed=1"),
            ("/orders?tab=all#main", "/orders?tab=all&embed=1#main"),
            ("?lang=en", "?lang=en&embed=1"),
            ("/orders?embed=1&q=a", "/orders?embed=1&q=a"),
            ("#main", "#main"),
            ("", ""),
            ("tel:10086", "tel:10086"),
            ("https://pay.example/1", "https://pay.example/1"),
            ("//pay.example/1", "//pay.example/1"),
        ] {
            assert_eq!(embedded(url), with);
        }
    }

    #[test]
    fn the_marks_of_the_views_are_left_out() {
        let body = "<p>1<!> <b>2</b></p><!><dialog open></dialog>".to_owned();
        assert_eq!(
            finish(body, false),
            "<p inert=\"\">1 <b>2</b></p><dialog open></dialog>"
        );
    }

    #[test]
    fn links_and_forms_keep_the_wish() {
        let body = "<a href=\"/orders?tab=all&amp;q=1\">/orders</a><a rel=\"x\" href=\"#main\"></a>\
                    <form method=\"post\" action=\"/logout\"></form><form action=\"/orders\"><b></b></form>";
        let with = "<a href=\"/orders?tab=all&amp;q=1&amp;embed=1\">/orders</a><a rel=\"x\" href=\"#main\"></a>\
                    <form method=\"post\" action=\"/logout?embed=1\"></form><form action=\"/orders\">\
                    <input type=\"hidden\" name=\"embed\" value=\"1\"><b></b></form>";
        assert_eq!(finish(body.to_owned(), true), with);
        assert_eq!(finish(body.to_owned(), false), body);
    }

    #[test]
    fn whatever_is_not_the_dialog_cannot_be_reached_while_it_is_open() {
        let body = "<a href=\"#main\"></a><main><a></a></main><dialog open><a></a></dialog><p></p>";
        let with = "<a inert=\"\" href=\"#main\"></a><main inert=\"\"><a></a></main>\
                    <dialog open><a></a></dialog><p inert=\"\"></p>";
        assert_eq!(finish(body.to_owned(), false), with);
    }
}
