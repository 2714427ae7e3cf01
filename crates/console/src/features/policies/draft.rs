//! The draft that somebody writes, between what the server has and what a colleague saved meanwhile: pure functions.

use orders_api::{PolicyDraft, SavePolicyDraft};

/// What is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The text.
    pub text: String,
    /// The revision that it was made from; 0 where there was no draft.
    pub from: i64,
    /// The draft that it was made from.
    pub saved: Option<PolicyDraft>,
    /// What somebody else has saved since.
    pub theirs: Option<PolicyDraft>,
    /// The draft that it was made from is not there any more.
    pub gone: bool,
}

impl Writing {
    /// What there is to write on: what this tab has kept of before, else the draft, else the version in force.
    pub fn of(saved: Option<PolicyDraft>, in_force: &str, kept: Option<&str>) -> Self {
        let revision = saved.as_ref().map_or(0, |saved| saved.revision);
        let there = saved.as_ref().map_or(in_force, |saved| &saved.text);
        let kept = kept
            .and_then(parse_kept)
            .filter(|(_, text)| *text != there && !text.trim().is_empty());
        let Some((from, text)) = kept else {
            return Self {
                text: there.to_owned(),
                from: revision,
                saved,
                ..Self::default()
            };
        };
        let text = text.to_owned();
        if from == revision {
            return Self {
                text,
                from,
                saved,
                ..Self::default()
            };
        }
        let mut writing = Self {
            text,
            from,
            ..Self::default()
        };
        writing.meets(saved);
        writing
    }

    /// Whether all of it is saved.
    pub fn is_saved(&self) -> bool {
        let saved = self.saved.as_ref();
        self.theirs.is_none() && saved.is_some_and(|saved| saved.text == self.text)
    }

    /// Whether it is worth keeping: it differs from what it was made from.
    pub fn is_changed(&self, in_force: &str) -> bool {
        let from = self.saved.as_ref().map_or(in_force, |saved| &saved.text);
        self.text != from
    }

    /// What is sent to save it.
    pub fn to_save(&self) -> SavePolicyDraft {
        SavePolicyDraft {
            text: self.text.clone(),
            revision: self.from,
        }
    }

    /// The server has saved that. What was typed since stays.
    pub fn is_saved_as(&mut self, draft: PolicyDraft) {
        self.from = draft.revision;
        self.saved = Some(draft);
        self.theirs = None;
        self.gone = false;
    }

    /// The server has another draft, or none any more. What was typed stays.
    pub fn meets(&mut self, theirs: Option<PolicyDraft>) {
        match theirs {
            Some(theirs) if theirs.text == self.text => self.is_saved_as(theirs),
            Some(theirs) => self.theirs = Some(theirs),
            None => {
                self.gone = self.from != 0;
                self.from = 0;
                self.saved = None;
                self.theirs = None;
            }
        }
    }

    /// Goes on with what somebody else saved; what was typed is given up.
    pub fn take_theirs(&mut self) {
        if let Some(theirs) = self.theirs.take() {
            self.text.clone_from(&theirs.text);
            self.is_saved_as(theirs);
        }
    }

    /// Goes on with what was typed; saved, it takes the place of what somebody else saved.
    pub fn keep_mine(&mut self) {
        if let Some(theirs) = self.theirs.take() {
            self.is_saved_as(theirs);
        }
    }

    /// As the tab keeps it.
    pub fn kept(&self) -> String {
        format!("{}\n{}", self.from, self.text)
    }
}

fn parse_kept(kept: &str) -> Option<(i64, &str)> {
    let (from, text) = kept.split_once('\n')?;
    Some((from.parse().ok()?, text))
}

/// The line on which a key of TOML stands, from 1: of `cancellation.packing.outcome`, `reasons[2].label`, or `line 7`. Of a
/// key that is missing, the line of its table.
pub fn line_of(text: &str, key: &str) -> Option<usize> {
    if let Some(line) = key.strip_prefix("line ") {
        return line.parse().ok();
    }
    let wanted: Vec<&str> = key.split('.').collect();
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut table = String::new();
    // How many parts of the key were found so far, and where.
    let mut best: Option<(usize, usize)> = None;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let path = if let Some(name) = line.strip_prefix("[[") {
            let name = name.split(']').next()?.trim();
            let index = match counts.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => {
                    *count += 1;
                    *count
                }
                None => {
                    counts.push((name.to_owned(), 0));
                    0
                }
            };
            table = format!("{name}[{index}]");
            table.clone()
        } else if let Some(name) = line.strip_prefix('[') {
            name.split(']').next()?.trim().clone_into(&mut table);
            table.clone()
        } else {
            let Some((name, _)) = line.split_once('=') else {
                continue;
            };
            let name = name.trim();
            if name.starts_with('#') {
                continue;
            }
            if table.is_empty() {
                name.to_owned()
            } else {
                format!("{table}.{name}")
            }
        };
        let parts: Vec<&str> = path.split('.').collect();
        let same = |(here, wanted): (&&str, &&str)| {
            *here == *wanted || wanted.split('[').next() == Some(here)
        };
        let fits = parts.len() <= wanted.len() && parts.iter().zip(&wanted).all(same);
        if fits && best.is_none_or(|(length, _)| parts.len() > length) {
            best = Some((parts.len(), at + 1));
        }
    }
    best.map(|(_, line)| line)
}

/// How many letters of a typewriter the longest line is wide; Chinese signs are as wide as two.
pub fn widest(text: &str) -> usize {
    let wide = |line: &str| {
        line.chars()
            .map(|sign| 1 + usize::from(!sign.is_ascii()))
            .sum()
    };
    text.lines().map(wide).max().unwrap_or_default()
}

/// The version and the first day that a text gives itself.
pub fn declared(text: &str) -> (String, String) {
    let top = text
        .lines()
        .take_while(|line| !line.trim_start().starts_with('['));
    let value = |name: &str| {
        let mut lines = top.clone();
        let found = lines.find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim() == name).then_some(value)
        });
        let value = found.unwrap_or_default();
        let value = value.split('#').next().unwrap_or_default();
        value.trim().trim_matches('"').to_owned()
    };
    (value("version"), value("since"))
}
