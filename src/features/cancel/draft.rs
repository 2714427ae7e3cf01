//! What is filled in in the dialog.

use orders_api::{CancelOrder, LineQuantity};

use super::facts::Facts;

/// What the field with the quantity of a line is called: this and the line's id.
pub const LINE: &str = "line-";
/// What the field is called that says how much of a line the whole was when the form was drawn.
pub const ALL: &str = "all-";

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The chosen reason's code.
    pub reason: Option<String>,
    /// The shopper's own words; sent only with a reason that asks for them.
    pub note: String,
    /// Only part of the order.
    pub part: bool,
    /// How many of which line, for a part.
    pub chosen: Vec<LineQuantity>,
    /// All that could be cancelled when it was shown. It is what is confirmed: should there be less of it by then,
    /// the shopper is asked again.
    pub whole: Vec<LineQuantity>,
    /// What is wrong: the field and a code of [`field_codes`].
    pub errors: Vec<(Field, String)>,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The reason.
    Reason,
    /// The note.
    Note,
    /// The lines.
    Lines,
}

impl Draft {
    /// What a form was filled in with. A quantity that is none is one that no line has.
    pub fn of_form<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut draft = Self::default();
        for (name, value) in fields {
            match name {
                "reason" => draft.reason = (!value.is_empty()).then(|| value.to_owned()),
                // Forms end lines as the Internet does, fields as programs do.
                "note" => draft.note = value.replace("\r\n", "\n"),
                "part" => draft.part = value == "1",
                _ => {
                    let (line, lines) = if let Some(line) = name.strip_prefix(LINE) {
                        (line, &mut draft.chosen)
                    } else if let Some(line) = name.strip_prefix(ALL) {
                        (line, &mut draft.whole)
                    } else {
                        continue;
                    };
                    let value = value.trim();
                    let quantity =
                        value
                            .parse()
                            .unwrap_or(if value.is_empty() { 0 } else { u32::MAX });
                    if quantity > 0 {
                        lines.push(LineQuantity {
                            line: line.to_owned(),
                            quantity,
                        });
                    }
                }
            }
        }
        draft
    }

    /// What is asked for with it; the note only where the reason asks for words.
    pub fn intent(&self, asks_note: bool) -> CancelOrder {
        CancelOrder {
            reason: self.reason.clone().unwrap_or_default(),
            note: asks_note.then(|| self.note.trim().to_owned()),
            lines: self
                .lines()
                .or_else(|| (!self.whole.is_empty()).then(|| self.whole.clone())),
        }
    }

    /// No more than is left, line by line in the order's order: the same choice is the same request.
    pub(super) fn fit(&mut self, facts: &Facts) {
        for chosen in &mut self.chosen {
            chosen.quantity = chosen.quantity.min(facts.left_of(&chosen.line));
        }
        self.chosen.retain(|chosen| chosen.quantity > 0);
        self.chosen
            .sort_by_key(|chosen| facts.left.iter().position(|left| left.line == chosen.line));
    }

    /// How many units are chosen.
    pub fn units(&self) -> u32 {
        self.chosen.iter().map(|chosen| chosen.quantity).sum()
    }

    /// How many of a line are chosen.
    pub fn chosen_of(&self, line: &str) -> u32 {
        self.chosen
            .iter()
            .find(|chosen| chosen.line == line)
            .map_or(0, |chosen| chosen.quantity)
    }

    /// What is wrong with a field.
    pub fn error(&self, field: Field) -> Option<String> {
        self.errors
            .iter()
            .find(|(wrong, _)| *wrong == field)
            .map(|(_, code)| code.clone())
    }

    /// Takes back what was wrong with a field.
    pub(super) fn clear(&mut self, field: Field) {
        self.errors.retain(|(wrong, _)| *wrong != field);
    }

    /// The lines of a part; `None` for all that can be cancelled.
    pub(super) fn lines(&self) -> Option<Vec<LineQuantity>> {
        self.part.then(|| self.chosen.clone())
    }
}
