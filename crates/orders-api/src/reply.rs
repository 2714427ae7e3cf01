//! Canned replies: what the staff say often, as it is written, and as it is said in a conversation.

use serde::{Deserialize, Serialize};

use crate::{Instant, Language, Person, ReplyFact};

/// `GET /staff/replies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CannedReplies {
    /// Those in use by their codes; of those that are archived, the latest 100, newest first.
    pub items: Vec<CannedReply>,
}

/// A canned reply as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CannedReply {
    /// Opaque.
    pub id: String,
    /// The id of the shop that uses it; `null` when every shop does.
    pub shop: Option<String>,
    /// What is typed for it, after a slash.
    pub code: String,
    /// What the staff call it.
    pub title: String,
    /// In Chinese, with names of `ReplyFact` in braces.
    pub zh: Option<String>,
    /// In English, with names of `ReplyFact` in braces.
    pub en: Option<String>,
    /// Counts the changes, from 1 on.
    pub revision: i64,
    /// Who changed it last.
    pub changed_by: Person,
    /// When.
    pub changed_at: Instant,
    /// Whether it is not used any more.
    pub archived: bool,
}

/// `POST /staff/replies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddReply {
    /// The id of the shop that is to use it; every shop without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// What is typed for it: 1 to 24 of lower-case letters, digits and hyphens.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 24, pattern = "^[a-z0-9-]{1,24}$")
    )]
    pub code: String,
    /// What the staff call it; 1 to 60 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60))]
    pub title: String,
    /// In Chinese; at most 1000 characters. One of both languages has to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub zh: Option<String>,
    /// In English; at most 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub en: Option<String>,
}

/// `PUT /staff/replies/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeReply {
    /// The revision that it was made from.
    pub revision: i64,
    /// What is typed for it: 1 to 24 of lower-case letters, digits and hyphens.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 24, pattern = "^[a-z0-9-]{1,24}$")
    )]
    pub code: String,
    /// What the staff call it; 1 to 60 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60))]
    pub title: String,
    /// In Chinese; at most 1000 characters. One of both languages has to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub zh: Option<String>,
    /// In English; at most 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub en: Option<String>,
}

/// `GET /staff/conversations/{id}/replies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilledReplies {
    /// Those of the shop and those for every shop, by their codes. Of two with the same code the shop's own.
    pub items: Vec<FilledReply>,
}

/// A canned reply as it is said in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilledReply {
    /// Opaque.
    pub id: String,
    /// What is typed for it, after a slash.
    pub code: String,
    /// What the staff call it.
    pub title: String,
    /// In the languages that it has.
    pub texts: Vec<FilledText>,
}

/// The text of a canned reply, filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilledText {
    /// `zh-CN` or `en`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub language: Language,
    /// What to say; `null` while something is missing.
    pub text: Option<String>,
    /// What there is not for the order that is talked about.
    pub missing: Vec<ReplyFact>,
}
