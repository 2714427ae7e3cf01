//! Reading the query of a URL: strictly decoded, repeated names allowed where they mean something.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::NaiveDate;
use orders_api::field_codes;
use percent_encoding::percent_decode_str;

use super::error::Failure;

/// The names and values of a query, decoded. Names that a call does not know are ignored.
#[derive(Debug)]
pub struct Query(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

impl Query {
    fn parse(query: &str) -> Result<Self, Failure> {
        let mut pairs = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(name)?;
            let value = decode(value)?;
            if value.chars().any(char::is_control) {
                return Err(Failure::field(name, field_codes::INVALID));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The one value of `name`; `None` when it is absent or empty.
    ///
    /// # Errors
    /// When it is given more than once.
    pub fn one<'a>(&'a self, name: &str) -> Result<Option<&'a str>, Failure> {
        let mut values = self.all(name);
        let first = values.next().filter(|value| !value.is_empty());
        if values.next().is_some() {
            return Err(Failure::field(name, field_codes::INVALID));
        }
        Ok(first)
    }

    /// A day.
    ///
    /// # Errors
    /// When it is not of the form `YYYY-MM-DD`, or out of reach.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, Failure> {
        self.one(name)?
            .map(|text| {
                let shape = text.len() == 10 && text.is_ascii();
                NaiveDate::parse_from_str(text, "%Y-%m-%d")
                    .ok()
                    .filter(|_| shape)
                    .ok_or_else(|| Failure::field(name, field_codes::INVALID))
            })
            .transpose()
    }

    /// A whole number from 1 to `max`.
    ///
    /// # Errors
    /// When it is not one.
    pub fn count(&self, name: &str, max: u32) -> Result<Option<u32>, Failure> {
        self.one(name)?
            .map(|text| match text.parse::<u32>() {
                Ok(count) if (1..=max).contains(&count) => Ok(count),
                Ok(_) => Err(Failure::field(name, field_codes::OUT_OF_RANGE)),
                Err(_) => Err(Failure::field(name, field_codes::INVALID)),
            })
            .transpose()
    }
}

/// A name or a value of a query or a form.
///
/// # Errors
/// When it is not UTF-8.
pub fn decode(text: &str) -> Result<String, Failure> {
    let text = text.replace('+', " ");
    percent_decode_str(&text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| Failure::BadRequest)
}
