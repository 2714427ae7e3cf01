//! What a form was filled in with: names and values, as a browser sends them.

use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use storefront::json::Json;

use crate::config::limits::BODY_BYTES;
use crate::http::error::Failure;
use crate::http::query::decode;

/// Names and values, in the order of the form.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Those of a form that was posted.
    ///
    /// # Errors
    /// When it is no form, too large, or badly encoded.
    pub async fn of_body(headers: &HeaderMap, body: Body) -> Result<Self, Failure> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next());
        if !kind.is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        }) {
            return Err(Failure::UnsupportedMediaType);
        }
        // The connection ends with a body that is longer, and with one that breaks off.
        let bytes = to_bytes(body, BODY_BYTES)
            .await
            .map_err(|_| Failure::BodyTooLarge)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Failure::BadRequest)?;
        Self::of_text(text)
    }

    /// Those of a page's URL; none where they are badly encoded.
    pub fn of_query(parts: &Parts) -> Self {
        let mut fields = Self::of_text(parts.uri.query().unwrap_or_default()).unwrap_or_default();
        fields
            .0
            .retain(|(name, _)| name != "lang" && name != "embed");
        fields
    }

    fn of_text(text: &str) -> Result<Self, Failure> {
        text.split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Ok((decode(name)?, decode(value)?))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The value of a name; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.iter()
            .find_map(|(known, value)| (known == name).then_some(value))
            .unwrap_or_default()
    }

    /// Whether there is a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.iter().any(|(known, _)| known == name)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Without a field.
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// For the storefront to begin with.
    pub fn json(&self) -> Json {
        let fields = self.0.iter();
        Json::Object(
            fields
                .map(|(name, value)| (name.clone(), Json::text(value)))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_and_may_be_empty() {
        let fields = Fields::of_text("a=1+2&b=%E6%9D%AF%0D%0A&c&&a=3").expect("a form");
        assert_eq!(fields.get("a"), "1 2");
        assert_eq!(fields.get("b"), "杯\r\n");
        assert!(fields.has("c") && !fields.has("d"));
        assert!(Fields::of_text("a=%FF").is_err());
    }
}
