//! JSON as text: parsing and printing.

use super::Json;

/// No answer of the API nests half as deeply; what does is not from us.
const DEEPEST: u32 = 32;

impl Json {
    /// The value of a text; `None` when it is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0)?;
        parser.peek().is_none().then_some(value)
    }

    /// The value as text.
    pub fn print(&self) -> String {
        let mut out = String::new();
        print(self, &mut out);
        out
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not blank.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.byte()
    }

    fn takes(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        let found = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        found.then_some(value)
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => {
                let mut list = Vec::new();
                self.each(b']', |parser| {
                    list.push(parser.value(depth + 1)?);
                    Some(())
                })?;
                Some(Json::List(list))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.each(b'}', |parser| {
                    if parser.peek()? != b'"' {
                        return None;
                    }
                    let name = parser.string()?;
                    if !parser.takes(b':') {
                        return None;
                    }
                    fields.push((name, parser.value(depth + 1)?));
                    Some(())
                })?;
                Some(Json::Object(fields))
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, separated by commas.
    fn each(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.takes(end) {
            return Some(());
        }
        loop {
            item(self)?;
            if self.takes(end) {
                return Some(());
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        while matches!(
            self.byte(),
            Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
        ) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at)?;
        if text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            return Some(Json::Fraction);
        }
        text.parse().ok().map(Json::Whole)
    }

    fn string(&mut self) -> Option<String> {
        self.at += 1;
        let mut out = String::new();
        let mut start = self.at;
        loop {
            match self.byte()? {
                b'"' => {
                    out.push_str(self.text.get(start..self.at)?);
                    self.at += 1;
                    return Some(out);
                }
                b'\\' => {
                    out.push_str(self.text.get(start..self.at)?);
                    self.at += 1;
                    out.push(self.escaped()?);
                    start = self.at;
                }
                ..0x20 => return None,
                _ => self.at += 1,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let kind = self.byte()?;
        self.at += 1;
        Some(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.hex4()?;
                // Beyond the basic plane a character is a pair.
                let code = if (0xD800..0xDC00).contains(&first) {
                    self.word("\\u", Json::Null)?;
                    let second = self
                        .hex4()?
                        .checked_sub(0xDC00)
                        .filter(|low| *low < 0x400)?;
                    0x10000 + ((first - 0xD800) << 10) + second
                } else {
                    first
                };
                char::from_u32(code)?
            }
            _ => return None,
        })
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

fn print(json: &Json, out: &mut String) {
    match json {
        // Never printed: no value of ours is a fraction.
        Json::Null | Json::Fraction => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Whole(value) => out.push_str(&value.to_string()),
        Json::Text(text) => print_text(text, out),
        Json::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                print(item, out);
            }
            out.push(']');
        }
        Json::Object(fields) => {
            out.push('{');
            for (index, (name, value)) in fields.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                print_text(name, out);
                out.push(':');
                print(value, out);
            }
            out.push('}');
        }
    }
}

fn print_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\u{1f}' => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let code = c as usize;
                out.push_str("\\u00");
                out.push(char::from(HEX[code >> 4]));
                out.push(char::from(HEX[code & 15]));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde makes of a text, in our terms.
    fn by_serde(text: &str) -> Option<Json> {
        fn ours(value: serde_json::Value) -> Json {
            match value {
                serde_json::Value::Null => Json::Null,
                serde_json::Value::Bool(value) => Json::Bool(value),
                serde_json::Value::Number(value) => {
                    value.as_i64().map_or(Json::Fraction, Json::Whole)
                }
                serde_json::Value::String(value) => Json::Text(value),
                serde_json::Value::Array(list) => Json::List(list.into_iter().map(ours).collect()),
                serde_json::Value::Object(fields) => Json::Object(
                    fields
                        .into_iter()
                        .map(|(name, value)| (name, ours(value)))
                        .collect(),
                ),
            }
        }
        serde_json::from_str(text).ok().map(ours)
    }

    #[test]
    fn the_parser_agrees_with_serde() {
        for text in [
            "null",
            " [ ] ",
            "{ }",
            "[1,-2,0,9007199254740993,-9223372036854775808]",
            "[1.5,-2e3,1E+2]",
            r#"{"a":{"b":[true,false,null]},"c":"x"}"#,
            r#""杯 \"\\\/\b\f\n\r\t \u676f \ud83c\udf75 \u0000""#,
            "\"🍵\"",
            "",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "[1 2]",
            "nul",
            "tru",
            "\"a",
            "\"\n\"",
            r#""\x""#,
            r#""\ud83c""#,
            r#""\ud83cx""#,
            r#""\udf75""#,
            r#""\u12"#,
            "1 1",
            "<html>",
            "-",
        ] {
            assert_eq!(Json::parse(text), by_serde(text), "{text}");
        }
    }

    #[test]
    fn what_nests_without_end_is_refused() {
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
    }

    #[test]
    fn what_is_printed_is_read_again_by_serde() {
        let value = Json::object([
            ("a \"name\"", Json::text("杯\n\u{1}\\🍵")),
            ("empty", Json::List(Vec::new())),
            (
                "list",
                Json::List(vec![Json::Null, Json::Bool(true), Json::Whole(-7)]),
            ),
        ]);
        assert_eq!(by_serde(&value.print()), Some(value.clone()));
        assert_eq!(Json::parse(&value.print()), Some(value));
    }
}
