//! Checks of texts that people and shops send.

use orders_api::field_codes;

use super::error::Failure;

/// Checks that name the field they are about.
#[derive(Debug)]
pub struct Text;

impl Text {
    /// A text of at most `max` characters that is not blank.
    ///
    /// # Errors
    /// `required` or `too_long`.
    pub fn required<'a>(field: &str, text: &'a str, max: usize) -> Result<&'a str, Failure> {
        // What is kept and shown has no control characters: of these alone nothing would be left.
        if text
            .chars()
            .all(|letter| letter.is_whitespace() || letter.is_control())
        {
            return Err(Failure::field(field, field_codes::REQUIRED));
        }
        Self::at_most(field, text, max)
    }

    /// A text of at most `max` characters.
    ///
    /// # Errors
    /// `too_long`.
    pub fn at_most<'a>(field: &str, text: &'a str, max: usize) -> Result<&'a str, Failure> {
        if text.chars().count() > max {
            return Err(Failure::field(field, field_codes::TOO_LONG));
        }
        Ok(text)
    }

    /// A text that the database keeps as it is.
    ///
    /// # Errors
    /// `invalid` for one with U+0000.
    pub fn storable<'a>(field: &str, text: &'a str) -> Result<&'a str, Failure> {
        if text.contains('\0') {
            return Err(Failure::field(field, field_codes::INVALID));
        }
        Ok(text)
    }

    /// A required text without line breaks or tabs.
    ///
    /// # Errors
    /// `required`, `too_long` or `invalid`.
    pub fn line<'a>(field: &str, text: &'a str, max: usize) -> Result<&'a str, Failure> {
        if text.chars().any(char::is_control) {
            return Err(Failure::field(field, field_codes::INVALID));
        }
        Self::required(field, text, max)
    }

    /// An id of somebody else's making: 1 to `max` visible ASCII characters.
    ///
    /// # Errors
    /// `required`, `too_long` or `invalid`.
    pub fn id<'a>(field: &str, text: &'a str, max: usize) -> Result<&'a str, Failure> {
        Self::required(field, text, max)?;
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Failure::field(field, field_codes::INVALID));
        }
        Ok(text)
    }
}
