//! JSON with little code. The wire's structs know serde, but what serde makes of them for a browser weighs more than
//! all of the order's page; here one small parser makes a value, and each struct takes its fields out of it.

mod text;
mod wire;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`; also what is not there.
    #[default]
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Another number. The API has none, so its value is not kept.
    Fraction,
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Names and values, in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        let mut object = Vec::with_capacity(N);
        for (name, value) in fields {
            object.push((name.to_owned(), value));
        }
        Self::Object(object)
    }

    /// Text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Takes the value of a name out of an object.
    pub fn take(&mut self, name: &str) -> Self {
        match self {
            Self::Object(fields) => fields
                .iter_mut()
                .find(|(known, _)| known == name)
                .map(|(_, value)| std::mem::take(value))
                .unwrap_or_default(),
            _ => Self::Null,
        }
    }
}

/// Something that can be read from JSON.
pub trait Read: Sized {
    /// Reads it; `None` when it is something else.
    fn read(json: Json) -> Option<Self>;
}

/// Something that can be written as JSON.
pub trait Write {
    /// Its value.
    fn json(&self) -> Json;
}

/// Reads JSON text; `None` when it is no JSON or something else.
pub fn read<T: Read>(text: &str) -> Option<T> {
    T::read(Json::parse(text)?)
}

impl Read for bool {
    fn read(json: Json) -> Option<Self> {
        match json {
            Json::Bool(value) => Some(value),
            _ => None,
        }
    }
}

impl Read for i64 {
    fn read(json: Json) -> Option<Self> {
        match json {
            Json::Whole(value) => Some(value),
            _ => None,
        }
    }
}

impl Read for u32 {
    fn read(json: Json) -> Option<Self> {
        i64::read(json)?.try_into().ok()
    }
}

impl Read for u16 {
    fn read(json: Json) -> Option<Self> {
        i64::read(json)?.try_into().ok()
    }
}

impl Read for u8 {
    fn read(json: Json) -> Option<Self> {
        i64::read(json)?.try_into().ok()
    }
}

impl Read for String {
    fn read(json: Json) -> Option<Self> {
        match json {
            Json::Text(value) => Some(value),
            _ => None,
        }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(json: Json) -> Option<Self> {
        match json {
            Json::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(json: Json) -> Option<Self> {
        T::read(json).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: Json) -> Option<Self> {
        let Json::List(list) = json else { return None };
        let mut out = Self::with_capacity(list.len());
        for item in list {
            out.push(T::read(item)?);
        }
        Some(out)
    }
}

impl<T: Write> Write for [T] {
    fn json(&self) -> Json {
        Json::List(self.iter().map(T::json).collect())
    }
}
