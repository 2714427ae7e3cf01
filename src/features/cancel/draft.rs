//! What is filled in in the dialog.

use orders_api::LineQuantity;

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

    /// The lines to cancel; `None` for all.
    pub(super) fn lines(&self) -> Option<Vec<LineQuantity>> {
        self.part.then(|| self.chosen.clone())
    }
}
