//! Publishing and throwing away: each asks before it is done, and says what will happen.

use leptos::prelude::*;
use orders_api::{Day, Permission, PolicyVersion};
use storefront::format;
use storefront::ui::{Button, ButtonKind, Confirm, Dialog, Notice, Tone, WayOut};
use storefront::words::{Lang, fill};

use super::draft::declared;
use super::drafting::data::{Doing, DraftData};
use super::view_draft::may_publish;
use super::words::Words;
use crate::features::order::area;

/// The way to publish, for those who may.
pub fn publish_view(lang: Lang, data: DraftData) -> impl IntoView {
    let words = Words::of(lang);
    let fit = Memo::new(move |_| may_publish(data));
    let admin = data.may(Permission::PublishPolicy);
    view! {
        <section class="panel" aria-labelledby="publish">
            <h2 id="publish">{words.publish}</h2>
            {move || {
                let why = if !admin {
                    words.publish_admin
                } else if fit.get() {
                    return None;
                } else {
                    words.check_first
                };
                Some(view! { <p class="hint">{why}</p> })
            }}
            {move || fit.get().then(|| view! {
                <div class="act-foot">
                    <Button press=Callback::new(move |()| {
                        data.refused.set(None);
                        data.asks_publish.set(true);
                    })>{words.publish}</Button>
                </div>
            })}
        </section>
    }
}

/// The question before it is published: which version, from when on, and why.
pub fn ask_publish(
    lang: Lang,
    data: DraftData,
    published: Callback<PolicyVersion>,
) -> impl IntoView {
    let words = Words::of(lang);
    let busy = Signal::derive(move || data.doing.get() == Some(Doing::Publishing));
    let close = Callback::new(move |()| {
        if !busy.get_untracked() {
            data.asks_publish.set(false);
            data.refused.set(None);
        }
    });
    move || {
        if !data.asks_publish.get() {
            return None;
        }
        let (version, since) = data
            .writing
            .with_untracked(|writing| declared(&writing.text));
        let day = format::full_day(lang, &Day(since));
        let title = fill(words.publish_title, &[("version", &version)]);
        let about = fill(
            words.publish_about,
            &[("version", version.as_str()), ("day", day.as_str())],
        );
        Some(view! {
            <Dialog title=Signal::stored(title) class="policy-publish" focus="textarea" close>
                <form
                    class="dialog-form"
                    on:submit=move |event| {
                        event.prevent_default();
                        data.publish(published);
                    }
                >
                    <div class="dialog-body">
                        <p>{about}</p>
                        {area(
                            "publish-note",
                            words.publish_note,
                            500,
                            None,
                            data.note.get_untracked(),
                            move |text| data.note.set(text),
                        )}
                        {move || data.refused.get().map(|why| view! {
                            <Notice tone=Tone::Danger icon="warning" title=why role="alert"/>
                        })}
                    </div>
                    <div class="dialog-foot">
                        <WayOut class="button" safe=true locked=busy page=String::new() close>
                            {words.not_yet}
                        </WayOut>
                        <Button kind=ButtonKind::Primary submit=true busy>{words.publish_yes}</Button>
                    </div>
                </form>
            </Dialog>
        })
    }
}

/// The question before the draft is thrown away.
pub fn ask_discard(lang: Lang, data: DraftData) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <Confirm
            asks=data.asks_discard
            title=words.discard_title
            text=words.discard_text
            keep=words.keep
            confirm=words.discard_yes
            class="policy-discard"
            busy=Signal::derive(move || data.doing.get() == Some(Doing::Discarding))
            error=data.refused
            press=Callback::new(move |()| data.discard())
        />
    }
}
