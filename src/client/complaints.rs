//! Complaints: what may be complained about, opening one, and the moves in it.

use gloo_net::http::Method;
use orders_api::{
    AcceptProposal, ComplaintDetail, ComplaintMessage, ComplaintOptions, DisputeProposal,
    OpenComplaint,
};

use super::{Call, Failure};
use crate::words::Lang;

/// What may be complained about of an order.
pub async fn complaint_options(lang: Lang, order: &str) -> Result<ComplaintOptions, Failure> {
    Call::get(&orders_api::complaint_options(order))
        .read(lang)
        .await
}

/// Opens a complaint.
pub async fn open_complaint(
    lang: Lang,
    order: &str,
    complaint: &OpenComplaint,
    key: &str,
) -> Result<ComplaintDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::complaints(order), key)
        .json(complaint)
        .read_in_full(lang)
        .await
}

/// One complaint.
pub async fn complaint(lang: Lang, id: &str) -> Result<ComplaintDetail, Failure> {
    Call::get(&orders_api::complaint(id)).read(lang).await
}

/// Says something in a complaint.
pub async fn say_in_complaint(
    lang: Lang,
    id: &str,
    message: &ComplaintMessage,
    key: &str,
) -> Result<ComplaintDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::complaint_messages(id), key)
        .json(message)
        .read_in_full(lang)
        .await
}

/// Accepts the proposal.
pub async fn accept_complaint(
    lang: Lang,
    id: &str,
    proposal: &AcceptProposal,
    key: &str,
) -> Result<ComplaintDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::complaint_acceptance(id), key)
        .json(proposal)
        .read_in_full(lang)
        .await
}

/// Disputes the proposal.
pub async fn dispute_complaint(
    lang: Lang,
    id: &str,
    dispute: &DisputeProposal,
    key: &str,
) -> Result<ComplaintDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::complaint_dispute(id), key)
        .json(dispute)
        .read_in_full(lang)
        .await
}

/// Withdraws a complaint.
pub async fn withdraw_complaint(
    lang: Lang,
    id: &str,
    key: &str,
) -> Result<ComplaintDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::complaint_withdrawal(id), key)
        .read_in_full(lang)
        .await
}
