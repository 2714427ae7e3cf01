//! What is said to a person, and the frames of a conversation's socket.

use orders_api::*;

use super::texts;
use crate::json::{Json, Read, Write};

fn text_or_null(text: Option<&str>) -> Json {
    text.map(Json::text).unwrap_or_default()
}

impl Write for OpenConversation {
    fn json(&self) -> Json {
        Json::object([
            ("order", text_or_null(self.order.as_deref())),
            ("case", text_or_null(self.case.as_deref())),
            ("shop", text_or_null(self.shop.as_deref())),
            ("subject", self.subject.json()),
            ("text", Json::text(&self.text)),
            ("evidence", texts(&self.evidence)),
            ("client_id", Json::text(&self.client_id)),
        ])
    }
}

impl Write for ChatSubject {
    fn json(&self) -> Json {
        let since = self.since.as_ref().map(|day| day.0.as_str());
        Json::object([
            ("topic", Json::text(self.topic.code())),
            ("since", text_or_null(since)),
            ("line", text_or_null(self.line.as_deref())),
            ("account", text_or_null(self.account.as_deref())),
            ("zone", text_or_null(self.zone.as_deref())),
            ("face_value", text_or_null(self.face_value.as_deref())),
            ("refund", text_or_null(self.refund.as_deref())),
            ("complaint", text_or_null(self.complaint.as_deref())),
        ])
    }
}

impl Write for SayInChat {
    fn json(&self) -> Json {
        Json::object([
            ("client_id", Json::text(&self.client_id)),
            ("text", Json::text(&self.text)),
            ("evidence", texts(&self.evidence)),
        ])
    }
}

impl Write for ReadChat {
    fn json(&self) -> Json {
        Json::object([("seq", Json::Whole(self.seq))])
    }
}

impl Write for RateConversation {
    fn json(&self) -> Json {
        Json::object([
            ("rating", Json::Whole(self.rating.into())),
            ("note", text_or_null(self.note.as_deref())),
        ])
    }
}

impl Write for ChatFrameIn {
    fn json(&self) -> Json {
        let (kind, body) = match self {
            Self::Say(said) => ("say", said.json()),
            Self::Read(read) => ("read", read.json()),
            Self::Typing => ("typing", Json::object([])),
            Self::Ping => ("ping", Json::object([])),
        };
        let mut fields = vec![("type".to_owned(), Json::text(kind))];
        if let Json::Object(more) = body {
            fields.extend(more);
        }
        Json::Object(fields)
    }
}

impl Read for ChatFrameOut {
    fn read(mut json: Json) -> Option<Self> {
        Some(match String::read(json.take("type"))?.as_str() {
            "ready" => Self::Ready(Read::read(json)?),
            "message" => Self::Message(Read::read(json)?),
            "said" => Self::Said {
                client_id: Read::read(json.take("client_id"))?,
                seq: Read::read(json.take("seq"))?,
            },
            "refused" => Self::Refused {
                client_id: Read::read(json.take("client_id"))?,
                code: Read::read(json.take("code"))?,
            },
            "read" => Self::Read {
                by: Read::read(json.take("by"))?,
                seq: Read::read(json.take("seq"))?,
            },
            "typing" => Self::Typing {
                by: Read::read(json.take("by"))?,
            },
            "state" => Self::State(Read::read(json)?),
            "pong" => Self::Pong,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::features::talk::sample;
    use crate::json::read;

    #[track_caller]
    fn agrees<T: Serialize + Read + PartialEq + Debug>(value: &T) {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(read::<T>(&text).as_ref(), Some(value), "{text}");
    }

    #[track_caller]
    fn is_understood<T: Write + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let text = value.json().print();
        assert_eq!(
            serde_json::from_str::<T>(&text).ok().as_ref(),
            Some(value),
            "{text}"
        );
    }

    #[test]
    fn conversations_and_frames_are_read_as_the_server_writes_them() {
        let standing = sample::standing(ConversationState::Waiting);
        let message = sample::message(3, ChatAuthor::System, "");
        agrees(&sample::ways());
        agrees(&sample::conversation(ConversationState::Closed));
        agrees(&ChatMessages {
            items: vec![message.clone()],
            more: true,
            standing: standing.clone(),
        });
        for frame in [
            ChatFrameOut::Ready(standing.clone()),
            ChatFrameOut::Message(message),
            ChatFrameOut::Said {
                client_id: "a".into(),
                seq: 3,
            },
            ChatFrameOut::Refused {
                client_id: None,
                code: "invalid_fields".into(),
            },
            ChatFrameOut::Read {
                by: Side::Staff,
                seq: 2,
            },
            ChatFrameOut::Typing { by: Side::Staff },
            ChatFrameOut::State(standing),
            ChatFrameOut::Pong,
        ] {
            agrees(&frame);
        }
    }

    #[test]
    fn what_is_said_is_written_as_the_server_reads_it() {
        let said = SayInChat {
            client_id: "a1".into(),
            text: "你好 \"在\"吗\n".into(),
            evidence: vec!["e1".into()],
        };
        for frame in [
            ChatFrameIn::Say(said.clone()),
            ChatFrameIn::Read(ReadChat { seq: 7 }),
            ChatFrameIn::Typing,
            ChatFrameIn::Ping,
        ] {
            is_understood(&frame);
        }
        is_understood(&said);
        is_understood(&sample::question());
        is_understood(&RateConversation {
            rating: 5,
            note: Some("快".into()),
        });
    }
}
