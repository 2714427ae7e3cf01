//! HTTP: which call is answered by what.

mod after_sale;
mod assets;
mod cases;
mod complaints;
mod console;
mod context;
mod conversations;
mod edge;
mod error;
mod events;
mod evidence;
mod guest;
mod help;
mod idempotency;
mod integration;
mod json;
mod notifications;
mod orders;
mod pages;
mod path_id;
mod policies;
mod providers;
mod query;
mod refunds;
mod security;
mod session;
mod shop_side;
mod staff;
mod system;
mod text;
mod wire;
mod wire_case;
mod wire_complaint;
mod wire_draft;
mod wire_notification;
mod wire_preview;
mod wire_standing;
mod words;

use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::{Extension, Router};
use orders_api::BASE;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use assets::Assets;
pub use console::ConsoleFiles;
pub use error::Failure;
pub use security::SecurityHeaders;
pub use wire::{View, instant, wire_money};

use crate::state::App;

/// The calls below [`BASE`], and their description.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(system::openapi::frame()).nest(
        BASE,
        OpenApiRouter::new()
            .routes(routes!(
                session::log_in::log_in,
                session::current::current_session,
                session::log_out::log_out
            ))
            .routes(routes!(session::handoff::hand_off))
            .routes(routes!(guest::ways::show_guest_ways))
            .routes(routes!(guest::ask_code::ask_guest_code))
            .routes(routes!(guest::open_session::open_guest_session))
            .routes(routes!(orders::list::list_orders))
            .routes(routes!(orders::show::show_order))
            .routes(routes!(orders::preview::preview_cancellation))
            .routes(routes!(
                orders::cancel::cancel_order,
                orders::withdraw::withdraw_request
            ))
            .routes(routes!(orders::correct_address::correct_address))
            .routes(routes!(after_sale::options::show_after_sale))
            .routes(routes!(after_sale::preview::preview_case))
            .routes(routes!(cases::open::open_case))
            .routes(routes!(cases::show::show_case))
            .routes(routes!(cases::say::say_in_case))
            .routes(routes!(cases::appeal::appeal_case))
            .routes(routes!(cases::send_parcel::send_parcel))
            .routes(routes!(cases::withdraw::withdraw_case))
            .routes(routes!(complaints::options::show_complaint_options))
            .routes(routes!(complaints::open::open_complaint))
            .routes(routes!(complaints::show::show_complaint))
            .routes(routes!(complaints::say::say_in_complaint))
            .routes(routes!(complaints::accept::accept_proposal))
            .routes(routes!(complaints::dispute::dispute_proposal))
            .routes(routes!(complaints::withdraw::withdraw_complaint))
            .routes(routes!(refunds::show::show_refund))
            .routes(routes!(
                refunds::ask_way::ask_refund_way,
                refunds::withdraw_way::withdraw_refund_way
            ))
            .routes(routes!(evidence::begin::begin_upload))
            .routes(routes!(
                evidence::show::show_upload,
                evidence::send_piece::send_piece,
                evidence::give_up::give_up_upload
            ))
            .routes(routes!(evidence::file::show_evidence))
            .routes(routes!(notifications::list::list_notifications))
            .routes(routes!(notifications::unread::count_unread))
            .routes(routes!(notifications::read::mark_read))
            .routes(routes!(help::list::list_help))
            .routes(routes!(help::show::show_article))
            .routes(routes!(policies::show::show_policy))
            .routes(routes!(conversations::support::show_support))
            .routes(routes!(
                conversations::list::list_conversations,
                conversations::open::open_conversation
            ))
            .routes(routes!(conversations::show::show_conversation))
            .routes(routes!(
                conversations::messages::list_messages,
                conversations::say::say_in_conversation
            ))
            .routes(routes!(conversations::read::read_conversation))
            .routes(routes!(conversations::end::end_conversation))
            .routes(routes!(conversations::rate::rate_conversation))
            .routes(routes!(conversations::transcript::show_transcript))
            .routes(routes!(conversations::socket::open_socket))
            .routes(routes!(events::stream::stream_events))
            .routes(routes!(providers::notify::notify))
            .routes(routes!(integration::put_shopper::put_shopper))
            .routes(routes!(integration::put_order::put_order))
            .routes(routes!(integration::post_event::post_event))
            .routes(routes!(integration::list_outbox::list_outbox))
            .routes(routes!(integration::list_refunds::list_refunds))
            .routes(routes!(integration::refund::show_refund_to_shop))
            .routes(routes!(integration::refund::decide_refund_way))
            .routes(routes!(integration::evidence_file::show_evidence_to_shop))
            .routes(routes!(integration::cases::list::list_cases))
            .routes(routes!(integration::cases::show::show_case_to_shop))
            .routes(routes!(integration::cases::decide::decide_case))
            .routes(routes!(integration::cases::approve::approve_case_for_shop))
            .routes(routes!(integration::cases::say::say_to_shopper))
            .routes(routes!(integration::complaints::list::list_complaints))
            .routes(routes!(
                integration::complaints::show::show_complaint_to_shop
            ))
            .routes(routes!(
                integration::complaints::say::say_in_complaint_for_shop
            ))
            .routes(routes!(integration::complaints::propose::propose_for_shop))
            .routes(routes!(
                integration::complaints::approve::approve_proposal_for_shop
            ))
            .routes(routes!(
                integration::reconciliations::list_reconciliations,
                integration::reconciliations::reconcile
            ))
            .routes(routes!(
                integration::conversations::list::list_conversations_for_shop
            ))
            .routes(routes!(
                integration::conversations::messages::list_messages_for_shop,
                integration::conversations::say::say_in_conversation_as_staff
            ))
            .routes(routes!(
                integration::conversations::end::end_conversation_as_staff
            ))
            .routes(routes!(integration::handoff_codes::issue_handoff_code))
            .routes(routes!(
                staff::session::log_in::log_in_staff,
                staff::session::current::current_staff_session,
                staff::session::log_out::log_out_staff
            ))
            .routes(routes!(staff::orders::find::find_orders))
            .routes(routes!(staff::orders::show::show_order_to_staff))
            .routes(routes!(staff::orders::audit::show_audit))
            .routes(routes!(staff::orders::confirm::confirm_order))
            .routes(routes!(staff::orders::cancel::cancel_for_seller))
            .routes(routes!(
                staff::orders::approve_cancel::approve_cancel_for_seller
            ))
            .routes(routes!(staff::orders::lift_limit::lift_limit))
            .routes(routes!(staff::orders::decide_request::decide_request))
            .routes(routes!(staff::orders::approve_request::approve_request))
            .routes(routes!(
                staff::orders::correct_address::correct_address_for_shopper
            ))
            .routes(routes!(staff::cases::list::list_cases_for_staff))
            .routes(routes!(staff::cases::show::show_case_to_staff))
            .routes(routes!(staff::cases::decide::decide_case_as_staff))
            .routes(routes!(staff::cases::approve::approve_case))
            .routes(routes!(staff::cases::say::say_as_staff))
            .routes(routes!(staff::complaints::list::list_complaints_for_staff))
            .routes(routes!(staff::complaints::show::show_complaint_to_staff))
            .routes(routes!(staff::complaints::take_up::take_up_complaint))
            .routes(routes!(staff::complaints::say::say_in_complaint_as_staff))
            .routes(routes!(staff::complaints::propose::propose_in_complaint))
            .routes(routes!(staff::complaints::approve::approve_proposal))
            .routes(routes!(staff::refunds::list::list_open_ways))
            .routes(routes!(staff::refunds::show::show_refund_to_staff))
            .routes(routes!(staff::refunds::decide::decide_way_as_staff))
            .routes(routes!(
                staff::conversations::list::list_conversations_for_staff
            ))
            .routes(routes!(
                staff::conversations::show::show_conversation_to_staff
            ))
            .routes(routes!(
                staff::conversations::transcript::show_transcript_to_staff
            ))
            .routes(routes!(
                staff::conversations::messages::list_messages_for_staff,
                staff::conversations::say::answer_shopper
            ))
            .routes(routes!(
                staff::conversations::read::read_conversation_as_staff
            ))
            .routes(routes!(staff::conversations::take::take_conversation))
            .routes(routes!(
                staff::conversations::transfer::transfer_conversation
            ))
            .routes(routes!(
                staff::conversations::hand_back::hand_back_conversation
            ))
            .routes(routes!(
                staff::conversations::end::end_conversation_for_staff
            ))
            .routes(routes!(staff::conversations::socket::open_socket_for_staff))
            .routes(routes!(staff::events::stream_events_for_staff))
            .routes(routes!(
                staff::notes::list::list_order_notes,
                staff::notes::add::add_order_note
            ))
            .routes(routes!(
                staff::notes::list::list_conversation_notes,
                staff::notes::add::add_conversation_note
            ))
            .routes(routes!(
                staff::replies::list::list_replies,
                staff::replies::add::add_reply
            ))
            .routes(routes!(
                staff::replies::change::change_reply,
                staff::replies::archive::archive_reply
            ))
            .routes(routes!(staff::replies::fill::list_replies_for_conversation))
            .routes(routes!(
                staff::enquiries::list::list_order_enquiries,
                staff::enquiries::who::begin_order_enquiry
            ))
            .routes(routes!(
                staff::enquiries::list::list_conversation_enquiries,
                staff::enquiries::who::begin_conversation_enquiry
            ))
            .routes(routes!(staff::enquiries::who::record_who))
            .routes(routes!(staff::enquiries::look_up::record_look_up))
            .routes(routes!(staff::enquiries::answer::record_answer))
            .routes(routes!(staff::colleagues::list_colleagues))
            .routes(routes!(staff::work::list::list_work))
            .routes(routes!(
                staff::work::claim::claim_work,
                staff::work::release::release_work
            ))
            .routes(routes!(staff::evidence_file::show_evidence_to_staff))
            .routes(routes!(staff::insight::show::show_insight))
            .routes(routes!(staff::insight::export::export_insight))
            .routes(routes!(staff::policies::list::list_policies))
            .routes(routes!(staff::policies::version::show_policy_text))
            .routes(routes!(
                staff::policies::draft::show_policy_draft,
                staff::policies::draft::save_policy_draft,
                staff::policies::draft::drop_policy_draft
            ))
            .routes(routes!(staff::policies::check::check_policy_draft))
            .routes(routes!(staff::policies::publish::publish_policy))
            .routes(routes!(system::hosts::hosts))
            .routes(routes!(system::openapi::openapi)),
    )
}

/// The OpenAPI document, as it is served and as it is kept in the repository.
pub fn openapi() -> String {
    let document = system::openapi::complete(api().into_openapi());
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let (api, _) = api().split_for_parts();
    let asked = pages::Api(api.clone().with_state(app.clone()));
    api.route("/healthz", get(system::healthz))
        .route("/readyz", get(system::readyz))
        .route("/metrics", get(system::metrics))
        .route("/login", get(assets::serve).post(pages::log_in))
        .route("/guest", get(assets::serve).post(pages::guest))
        .route("/logout", get(assets::serve).post(pages::log_out))
        .route(
            "/orders/{id}/cancel",
            get(assets::serve).post(pages::cancel),
        )
        .route(
            "/orders/{id}/withdraw",
            get(assets::serve).post(pages::withdraw),
        )
        .route(
            "/orders/{id}/address",
            get(assets::serve).post(pages::correct_address),
        )
        .route("/refunds/{id}/way", get(assets::serve).post(pages::ask_way))
        .route(
            "/refunds/{id}/way/withdraw",
            get(assets::serve).post(pages::withdraw_way),
        )
        .route(
            "/cases/{id}/messages",
            get(assets::serve).post(pages::say_in_case),
        )
        .route(
            "/cases/{id}/appeal",
            get(assets::serve).post(pages::appeal_case),
        )
        .route(
            "/cases/{id}/parcel",
            get(assets::serve).post(pages::send_case_parcel),
        )
        .route(
            "/cases/{id}/withdrawal",
            get(assets::serve).post(pages::withdraw_case),
        )
        .route(
            "/orders/{id}/complain",
            get(assets::serve).post(pages::open_complaint),
        )
        .route(
            "/complaints/{id}/messages",
            get(assets::serve).post(pages::say_in_complaint),
        )
        .route(
            "/complaints/{id}/acceptance",
            get(assets::serve).post(pages::accept_complaint),
        )
        .route(
            "/complaints/{id}/dispute",
            get(assets::serve).post(pages::dispute_complaint),
        )
        .route(
            "/complaints/{id}/withdrawal",
            get(assets::serve).post(pages::withdraw_complaint),
        )
        .route(
            "/notifications/read",
            get(assets::serve).post(pages::read_notifications),
        )
        .route(
            "/support",
            get(assets::serve).post(pages::open_conversation),
        )
        .route(
            "/support/{id}/messages",
            get(assets::serve).post(pages::say_in_conversation),
        )
        .route(
            "/support/{id}/read",
            get(conversations::read::read_conversation_by_image),
        )
        .route(
            "/support/{id}/end",
            get(assets::serve).post(pages::end_conversation),
        )
        .route(
            "/support/{id}/rating",
            get(assets::serve).post(pages::rate_conversation),
        )
        .route("/staff", get(console::serve))
        .route("/staff/", get(console::serve))
        .route("/staff/{*path}", get(console::serve))
        .method_not_allowed_fallback(|| async { Failure::MethodNotAllowed })
        .fallback(assets::serve)
        .layer(from_fn_with_state(app.clone(), security::refuse_cross_site))
        .layer(from_fn_with_state(app.clone(), edge::edge))
        .layer(Extension(asked))
        .with_state(app)
}
