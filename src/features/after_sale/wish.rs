//! What the shopper asks for, as far as it is filled in, and what the shop's offer makes of it.

use orders_api::{
    AfterSaleOptions, CaseKind, CaseLine, CaseReason, Condition, LineOption, OpenCase, field_codes,
};

use crate::paths::AskStep;

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Of what, in the order of the order's lines. Of a line with components, those that are meant.
    pub lines: Vec<CaseLine>,
    /// The money alone, or a return.
    pub kind: Option<CaseKind>,
    /// The reason's code.
    pub reason: Option<String>,
    /// In which condition the goods are.
    pub condition: Option<Condition>,
    /// In the shopper's words.
    pub note: String,
}

/// Something the shopper changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// How many of a line; none for not this one.
    Quantity(String, u32),
    /// Whether a component of a line is meant.
    Component(String, String, bool),
    /// The kind.
    Kind(CaseKind),
    /// The reason.
    Reason(String),
    /// The condition.
    Condition(Condition),
    /// The words.
    Note(String),
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The lines.
    Lines,
    /// The kind.
    Kind,
    /// The reason.
    Reason,
    /// The condition.
    Condition,
    /// Photos and videos.
    Evidence,
    /// The words.
    Note,
}

impl Field {
    /// The step that has it.
    pub const fn step(self) -> AskStep {
        match self {
            Self::Lines => AskStep::What,
            Self::Kind | Self::Reason | Self::Condition | Self::Evidence | Self::Note => {
                AskStep::Why
            }
        }
    }

    /// The field that the server names so.
    pub fn of_wire(name: &str) -> Option<Self> {
        Some(match name.split('[').next()? {
            "lines" => Self::Lines,
            "kind" => Self::Kind,
            "reason" => Self::Reason,
            "condition" => Self::Condition,
            "evidence" => Self::Evidence,
            "note" => Self::Note,
            _ => return None,
        })
    }
}

/// A field that is wrong, with a code of [`field_codes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which.
    pub field: Field,
    /// What is wrong.
    pub code: String,
}

impl Wrong {
    /// So it is wrong.
    pub fn new(field: Field, code: &str) -> Self {
        Self {
            field,
            code: code.to_owned(),
        }
    }
}

/// A condition to choose from, as it is with the chosen reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionChoice {
    /// Which.
    pub condition: Condition,
    /// What is taken off, in percent; `None` when goods are not taken back in it.
    pub deduction: Option<u32>,
}

/// The lines of which something may be asked for.
pub fn open_lines(options: &AfterSaleOptions) -> impl Iterator<Item = &LineOption> {
    options.lines.iter().filter(|option| is_open(option))
}

/// Whether something of a line may be asked for, at least for a fault of the seller.
pub const fn is_open(option: &LineOption) -> bool {
    option.not_even_faulty.is_none() && option.quantity > 0
}

/// The components of a line of which so many may be asked for.
fn components(option: &LineOption, quantity: u32) -> impl Iterator<Item = &str> {
    let left = option.components.iter();
    left.filter(move |part| part.refundable && part.quantity >= quantity)
        .map(|part| part.id.as_str())
}

impl Wish {
    /// An empty one; what there is no choice about is chosen.
    pub fn begin(options: &AfterSaleOptions) -> Self {
        let mut wish = Self::default();
        let mut open = open_lines(options);
        if let (Some(only), None) = (open.next(), open.next())
            && only.quantity == 1
        {
            wish.change(Change::Quantity(only.line.id.clone(), 1), options);
        }
        wish.fit(options);
        wish
    }

    /// Whether nothing was filled in that [`Wish::begin`] would not fill in.
    pub fn is_untouched(&self, options: &AfterSaleOptions) -> bool {
        *self == Self::begin(options)
    }

    /// How many of a line are meant.
    pub fn quantity_of(&self, line: &str) -> u32 {
        self.line(line).map_or(0, |some| some.quantity)
    }

    /// What is meant of a line.
    pub fn line(&self, line: &str) -> Option<&CaseLine> {
        self.lines.iter().find(|some| some.line == line)
    }

    /// How many pieces are meant.
    pub fn units(&self) -> u32 {
        self.lines.iter().map(|some| some.quantity).sum()
    }

    /// Takes in a change, and lets go of what does not go with it.
    pub fn change(&mut self, change: Change, options: &AfterSaleOptions) {
        match change {
            Change::Quantity(line, quantity) => {
                match self.lines.iter_mut().find(|some| some.line == line) {
                    Some(some) => some.quantity = quantity,
                    None => self.lines.push(CaseLine {
                        line,
                        quantity,
                        components: Vec::new(),
                    }),
                }
                self.lines.retain(|some| some.quantity > 0);
            }
            Change::Component(line, component, meant) => {
                if let Some(some) = self.lines.iter_mut().find(|some| some.line == line) {
                    some.components.retain(|known| *known != component);
                    if meant {
                        some.components.push(component);
                    }
                    // A line without any of its components is not meant at all.
                    if some.components.is_empty() {
                        some.quantity = 0;
                    }
                }
                self.lines.retain(|some| some.quantity > 0);
            }
            Change::Kind(kind) => self.kind = Some(kind),
            Change::Reason(reason) => self.reason = Some(reason),
            Change::Condition(condition) => self.condition = Some(condition),
            Change::Note(note) => self.note = note,
        }
        self.fit(options);
    }

    /// Lets go of what is not offered (any more), and chooses what there is no choice about.
    pub fn fit(&mut self, options: &AfterSaleOptions) {
        let mut lines = Vec::with_capacity(self.lines.len());
        for option in open_lines(options) {
            let Some(some) = self.line(&option.line.id) else {
                continue;
            };
            let quantity = some.quantity.min(option.quantity);
            let all: Vec<_> = components(option, quantity).map(str::to_owned).collect();
            let meant: Vec<_> = all
                .iter()
                .filter(|id| some.components.contains(id))
                .cloned()
                .collect();
            lines.push(CaseLine {
                line: some.line.clone(),
                quantity,
                components: if meant.is_empty() { all } else { meant },
            });
        }
        self.lines = lines;
        let kinds = self.kinds(options);
        self.kind = match (self.kind, kinds.as_slice()) {
            (_, [only]) => Some(*only),
            (Some(kind), _) if kinds.contains(&kind) => Some(kind),
            _ => None,
        };
        let reasons = self.reasons(options);
        self.reason = match (self.reason.take(), reasons.as_slice()) {
            (_, [only]) => Some(only.code.clone()),
            (Some(code), _) if reasons.iter().any(|reason| reason.code == code) => Some(code),
            _ => None,
        };
        let conditions = self.conditions(options);
        self.condition = self.condition.filter(|condition| {
            conditions
                .iter()
                .any(|choice| choice.condition == *condition && choice.deduction.is_some())
        });
    }

    /// Whether a line is meant that is taken back only for a fault of the seller.
    pub fn needs_fault(&self, options: &AfterSaleOptions) -> bool {
        open_lines(options)
            .any(|option| option.not.is_some() && self.quantity_of(&option.line.id) > 0)
    }

    /// The reasons to choose from for these lines, whatever is wanted.
    fn reasons_of_lines<'a>(
        &self,
        options: &'a AfterSaleOptions,
    ) -> impl Iterator<Item = &'a CaseReason> {
        let needs_fault = self.needs_fault(options);
        let reasons = options.reasons.iter();
        reasons.filter(move |reason| reason.seller_fault || !needs_fault)
    }

    /// What may be wanted for these lines.
    pub fn kinds(&self, options: &AfterSaleOptions) -> Vec<CaseKind> {
        let offered = |kind: &CaseKind| {
            self.reasons_of_lines(options)
                .any(|reason| reason.kinds.contains(kind))
        };
        CaseKind::ALL.into_iter().filter(offered).collect()
    }

    /// The reasons to choose from for what is wanted.
    pub fn reasons<'a>(&self, options: &'a AfterSaleOptions) -> Vec<&'a CaseReason> {
        let Some(kind) = self.kind else {
            return Vec::new();
        };
        let reasons = self.reasons_of_lines(options);
        reasons
            .filter(|reason| reason.kinds.contains(&kind))
            .collect()
    }

    /// The chosen reason.
    pub fn chosen_reason<'a>(&self, options: &'a AfterSaleOptions) -> Option<&'a CaseReason> {
        let code = self.reason.as_deref()?;
        options.reasons.iter().find(|reason| reason.code == code)
    }

    /// The conditions to choose from with the chosen reason; none where nothing of it comes back, or nobody knows.
    pub fn conditions(&self, options: &AfterSaleOptions) -> Vec<ConditionChoice> {
        let reason = self.chosen_reason(options);
        let asked = self.kind == Some(CaseKind::ReturnAndRefund) && !options.on_its_way;
        let Some(reason) = reason.filter(|_| asked) else {
            return Vec::new();
        };
        let offered = options.conditions.iter();
        offered
            .map(|option| ConditionChoice {
                condition: option.condition,
                deduction: if reason.seller_fault {
                    Some(0)
                } else {
                    option.deduction
                },
            })
            .collect()
    }

    /// Whether the chosen reason needs a photo or video.
    pub fn needs_evidence(&self, options: &AfterSaleOptions) -> bool {
        self.chosen_reason(options)
            .is_some_and(|reason| reason.evidence)
    }

    /// What is missing or wrong in a step, in its order. `evidence`: how many photos and videos there are.
    pub fn wrong_in(
        &self,
        step: AskStep,
        options: &AfterSaleOptions,
        evidence: usize,
    ) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut missing = |is_missing: bool, field| {
            if is_missing {
                wrong.push(Wrong::new(field, field_codes::REQUIRED));
            }
        };
        match step {
            AskStep::What => missing(self.lines.is_empty(), Field::Lines),
            AskStep::Why => {
                missing(self.kind.is_none(), Field::Kind);
                missing(self.kind.is_some() && self.reason.is_none(), Field::Reason);
                let asked = !self.conditions(options).is_empty();
                missing(asked && self.condition.is_none(), Field::Condition);
                missing(
                    self.needs_evidence(options) && evidence == 0,
                    Field::Evidence,
                );
                if self.note.trim().chars().count() > orders_api::NOTE_MAX {
                    wrong.push(Wrong::new(Field::Note, field_codes::TOO_LONG));
                }
            }
            AskStep::Check => {}
        }
        wrong
    }

    /// How far the shopper may go: no step is shown before those in front of it are done.
    pub fn furthest(&self, options: &AfterSaleOptions, evidence: usize) -> AskStep {
        let done = |step| self.wrong_in(step, options, evidence).is_empty();
        let open = AskStep::ALL.into_iter().find(|step| !done(*step));
        open.unwrap_or(AskStep::Check)
    }

    /// What is asked for; `None` as long as something is missing that even its price depends on.
    pub fn open_case(&self, options: &AfterSaleOptions, evidence: Vec<String>) -> Option<OpenCase> {
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|some| CaseLine {
                components: self.named_components(some, options),
                ..some.clone()
            })
            .collect();
        if lines.is_empty() {
            return None;
        }
        let note = self.note.trim();
        Some(OpenCase {
            kind: self.kind?,
            lines,
            reason: self.reason.clone()?,
            condition: self.condition,
            note: (!note.is_empty()).then(|| note.to_owned()),
            evidence,
        })
    }

    /// The components to name: none where all that may be refunded are meant.
    fn named_components(&self, some: &CaseLine, options: &AfterSaleOptions) -> Vec<String> {
        let option = open_lines(options).find(|option| option.line.id == some.line);
        let refundable = option.map_or(0, |option| {
            let parts = option.components.iter();
            parts.filter(|part| part.refundable).count()
        });
        if some.components.len() == refundable {
            Vec::new()
        } else {
            some.components.clone()
        }
    }
}
