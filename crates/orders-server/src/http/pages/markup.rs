//! The tags in what the storefront's views have drawn. There are no raw scripts and styles in it, and text is escaped, so
//! that `<` outside of a tag begins one, or a comment.

use std::ops::Range;

/// Elements that have no end tag.
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

/// A start tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// The element.
    pub name: &'a str,
    /// In how many elements it lies.
    pub depth: usize,
    /// Where the name ends.
    pub name_ends: usize,
    /// Behind its `>`.
    pub ends: usize,
    /// Between the name and `>`.
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, as it is written, and where that is.
    pub fn attribute(&self, name: &str) -> Option<(&'a str, Range<usize>)> {
        let text = self.attributes;
        let mut at = 0;
        while let Some(begins) = find(text, at, |byte| !byte.is_ascii_whitespace()) {
            let name_ends = find(text, begins, |byte| {
                byte == b'=' || byte.is_ascii_whitespace()
            });
            let name_ends = name_ends.unwrap_or(text.len());
            at = name_ends.max(begins + 1);
            if let Some(value) = text.get(name_ends..)?.strip_prefix("=\"") {
                let length = value.find('"')?;
                let from = name_ends + 2;
                at = from + length + 1;
                if &text[begins..name_ends] == name {
                    let offset = self.name_ends + from;
                    return Some((&value[..length], offset..offset + length));
                }
            }
        }
        None
    }
}

fn find(text: &str, from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut bytes = text.as_bytes().get(from..)?.iter();
    bytes.position(|byte| wanted(*byte)).map(|at| from + at)
}

/// The start tags of a text, from front to back.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    let mut depth = 0_usize;
    std::iter::from_fn(move || {
        loop {
            at += html.get(at..)?.find('<')? + 1;
            let rest = &html[at..];
            if rest.starts_with("!--") {
                at += rest.find("-->")?;
                continue;
            }
            let closes = rest.starts_with('/');
            if !closes && !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
                continue;
            }
            let length = end_of_tag(rest)?;
            let inside = &rest[..length];
            let name_begins = at;
            at += length + 1;
            if closes {
                depth = depth.saturating_sub(1);
                continue;
            }
            let name_length = find(inside, 0, |byte| byte == b'/' || byte.is_ascii_whitespace());
            let (name, attributes) = inside.split_at(name_length.unwrap_or(length));
            let tag = Tag {
                name,
                depth,
                name_ends: name_begins + name.len(),
                ends: at,
                attributes,
            };
            if !VOID.contains(&name) && !inside.ends_with('/') {
                depth += 1;
            }
            return Some(tag);
        }
    })
}

/// Where the `>` is that ends a tag: values may hold others.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut within_quotes = false;
    text.bytes().position(|byte| {
        within_quotes ^= byte == b'"';
        byte == b'>' && !within_quotes
    })
}

/// `html` with something written in at some places, which come from front to back.
pub fn insert(html: &str, texts: &[(usize, &str)]) -> String {
    let more: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let mut out = String::with_capacity(html.len() + more);
    let mut from = 0;
    for (at, text) in texts {
        out.push_str(&html[from..*at]);
        out.push_str(text);
        from = *at;
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_values_and_depth() {
        let html = "<!>a<!--<b>--> &lt;a href=\"/no\"> <p class=\"x > y\"><img src=\"/i\" alt=\"\"><a data-href=\"/d\" \
                    hidden href=\"/杯?a=&quot;<b>\">b</a></p><use href=\"#i\"/><main></main>";
        let found: Vec<_> = tags(html).map(|tag| (tag.name, tag.depth)).collect();
        assert_eq!(
            found,
            [("p", 0), ("img", 1), ("a", 1), ("use", 0), ("main", 0)]
        );
        let link = tags(html).find(|tag| tag.name == "a").expect("a link");
        let (value, place) = link.attribute("href").expect("its address");
        assert_eq!((value, &html[place]), ("/杯?a=&quot;<b>", value));
        assert!(link.attribute("class").is_none() && link.attribute("hidden").is_none());
        assert!(html[..link.ends].ends_with("<b>\">"));
    }

    #[test]
    fn what_is_cut_off_ends_the_search() {
        for html in ["<", "<a", "<a href=\"", "</", "a"] {
            assert_eq!(tags(html).count(), 0, "{html}");
        }
    }

    #[test]
    fn texts_are_written_in_at_their_places() {
        assert_eq!(insert("abc", &[(0, "1"), (2, "2"), (3, "3")]), "1ab2c3");
    }
}
