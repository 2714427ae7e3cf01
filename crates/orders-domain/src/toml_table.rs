//! A TOML table that is read key by key, so that every mistake is named with its file and dotted key.

use chrono::NaiveDate;
use toml::Value;

use crate::{Day, Language, LocalText, PolicyError};

/// A table, of which each key is taken once; [`Table::finish`] refuses what is left.
pub(crate) struct Table {
    file: String,
    path: String,
    entries: toml::Table,
}

impl Table {
    /// The root table of a file.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, PolicyError> {
        let entries = text.parse::<toml::Table>().map_err(|error| {
            let line = error.span().map_or(1, |span| {
                text.get(..span.start)
                    .map_or(1, |before| before.matches('\n').count() + 1)
            });
            PolicyError {
                file: file.to_owned(),
                key: format!("line {line}"),
                reason: error.message().to_owned(),
            }
        })?;
        Ok(Self {
            file: file.to_owned(),
            path: String::new(),
            entries,
        })
    }

    /// A mistake in the value of `key`.
    pub(crate) fn error(&self, key: &str, reason: &str) -> PolicyError {
        PolicyError {
            file: self.file.clone(),
            key: self.dotted(key),
            reason: reason.to_owned(),
        }
    }

    /// Refuses the keys that nobody has taken: a misspelt rule must not be silently without effect.
    pub(crate) fn finish(self) -> Result<(), PolicyError> {
        match self.entries.keys().next() {
            Some(key) => Err(self.error(key, "is not known here")),
            None => Ok(()),
        }
    }

    /// Text that says something.
    pub(crate) fn text(&mut self, key: &str) -> Result<String, PolicyError> {
        match self.take(key)? {
            Value::String(text) if text.trim().is_empty() => {
                Err(self.error(key, "must not be empty"))
            }
            Value::String(text) => Ok(text),
            _ => Err(self.error(key, "must be text")),
        }
    }

    /// Whether there is such a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// A list of texts; none when it is not there.
    pub(crate) fn optional_texts(&mut self, key: &str) -> Result<Vec<String>, PolicyError> {
        if self.has(key) {
            self.choices(key, "text", |text| Some(text.to_owned()))
        } else {
            Ok(Vec::new())
        }
    }

    /// A stable code: lower-case letters and underscores.
    pub(crate) fn code(&mut self, key: &str) -> Result<String, PolicyError> {
        let code = self.text(key)?;
        if code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            Ok(code)
        } else {
            Err(self.error(key, "may only have the letters a to z and underscores"))
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, key: &str) -> Result<bool, PolicyError> {
        match self.take(key)? {
            Value::Boolean(flag) => Ok(flag),
            _ => Err(self.error(key, "must be true or false")),
        }
    }

    /// `true` or `false`; `false` when it is not there.
    pub(crate) fn optional_flag(&mut self, key: &str) -> Result<bool, PolicyError> {
        if self.entries.contains_key(key) {
            self.flag(key)
        } else {
            Ok(false)
        }
    }

    /// A whole number from `least` to `most`.
    pub(crate) fn number(&mut self, key: &str, least: u32, most: u32) -> Result<u32, PolicyError> {
        let Value::Integer(number) = self.take(key)? else {
            return Err(self.error(key, "must be a whole number"));
        };
        if number < 0 {
            return Err(self.error(key, &format!("{number} is negative")));
        }
        match u32::try_from(number) {
            Ok(number) if (least..=most).contains(&number) => Ok(number),
            _ => Err(self.error(key, &format!("{number} is not within {least} to {most}"))),
        }
    }

    /// A whole number from `least` to `most`, or nothing.
    pub(crate) fn optional_number(
        &mut self,
        key: &str,
        least: u32,
        most: u32,
    ) -> Result<Option<u32>, PolicyError> {
        if self.entries.contains_key(key) {
            self.number(key, least, most).map(Some)
        } else {
            Ok(None)
        }
    }

    /// A day, as a TOML date or as text.
    pub(crate) fn day(&mut self, key: &str) -> Result<Day, PolicyError> {
        let value = self.take(key)?;
        day(&value).ok_or_else(|| self.error(key, "is not a day (YYYY-MM-DD)"))
    }

    /// A list of days.
    pub(crate) fn days(&mut self, key: &str) -> Result<Vec<Day>, PolicyError> {
        let Value::Array(values) = self.take(key)? else {
            return Err(self.error(key, "must be a list of days"));
        };
        values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                day(value).ok_or_else(|| {
                    self.error(&format!("{key}[{index}]"), "is not a day (YYYY-MM-DD)")
                })
            })
            .collect()
    }

    /// An offset from UTC, `+08:00`, in minutes.
    pub(crate) fn utc_offset(&mut self, key: &str) -> Result<i32, PolicyError> {
        let text = self.text(key)?;
        offset_minutes(&text).ok_or_else(|| self.error(key, "is not an offset from UTC (+08:00)"))
    }

    /// A text in every language of the product.
    pub(crate) fn local_text(&mut self, key: &str) -> Result<LocalText, PolicyError> {
        let mut table = self.table(key)?;
        let mut words = |language: Language| match table.entries.contains_key(language.tag()) {
            true => table.text(language.tag()),
            false => Err(table.error(language.tag(), "the translation is missing")),
        };
        let text = LocalText {
            zh_cn: words(Language::ZhCn)?,
            en: Some(words(Language::En)?),
        };
        table.finish()?;
        Ok(text)
    }

    /// One of our own codes.
    pub(crate) fn choice<T>(
        &mut self,
        key: &str,
        what: &str,
        from_code: fn(&str) -> Option<T>,
    ) -> Result<T, PolicyError> {
        let code = self.text(key)?;
        from_code(&code).ok_or_else(|| self.error(key, &format!("unknown {what} \"{code}\"")))
    }

    /// One of our own codes, or nothing.
    pub(crate) fn optional_choice<T>(
        &mut self,
        key: &str,
        what: &str,
        from_code: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, PolicyError> {
        if self.entries.contains_key(key) {
            self.choice(key, what, from_code).map(Some)
        } else {
            Ok(None)
        }
    }

    /// A list of our own codes, each at most once.
    pub(crate) fn choices<T: PartialEq>(
        &mut self,
        key: &str,
        what: &str,
        from_code: fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, PolicyError> {
        let Value::Array(values) = self.take(key)? else {
            return Err(self.error(key, &format!("must be a list, each a {what}")));
        };
        let mut choices = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let at = format!("{key}[{index}]");
            let Some(code) = value.as_str() else {
                return Err(self.error(&at, "must be text"));
            };
            let Some(choice) = from_code(code) else {
                return Err(self.error(&at, &format!("unknown {what} \"{code}\"")));
            };
            if choices.contains(&choice) {
                return Err(self.error(&at, &format!("\"{code}\" is there twice")));
            }
            choices.push(choice);
        }
        Ok(choices)
    }

    /// A table inside this one.
    pub(crate) fn table(&mut self, key: &str) -> Result<Self, PolicyError> {
        match self.take(key)? {
            Value::Table(entries) => Ok(self.inner(key, entries)),
            _ => Err(self.error(key, "must be a table")),
        }
    }

    /// A table inside this one, if it is there.
    pub(crate) fn optional_table(&mut self, key: &str) -> Result<Option<Self>, PolicyError> {
        if self.entries.contains_key(key) {
            self.table(key).map(Some)
        } else {
            Ok(None)
        }
    }

    /// A list of tables inside this one; none when it is not there.
    pub(crate) fn tables(&mut self, key: &str) -> Result<Vec<Self>, PolicyError> {
        let Some(value) = self.entries.remove(key) else {
            return Ok(Vec::new());
        };
        let Value::Array(values) = value else {
            return Err(self.error(key, "must be a list of tables"));
        };
        let mut tables = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            let key = format!("{key}[{index}]");
            let Value::Table(entries) = value else {
                return Err(self.error(&key, "must be a table"));
            };
            tables.push(self.inner(&key, entries));
        }
        Ok(tables)
    }

    fn take(&mut self, key: &str) -> Result<Value, PolicyError> {
        self.entries
            .remove(key)
            .ok_or_else(|| self.error(key, "is missing"))
    }

    fn inner(&self, key: &str, entries: toml::Table) -> Self {
        Self {
            file: self.file.clone(),
            path: self.dotted(key),
            entries,
        }
    }

    fn dotted(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

fn day(value: &Value) -> Option<Day> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Datetime(date) => date.to_string(),
        _ => return None,
    };
    (text.len() == "YYYY-MM-DD".len())
        .then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok())
        .flatten()
}

fn offset_minutes(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':')?;
    let two_digits = |text: &str| -> Option<i32> {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
