//! After-sale cases: what may be asked for, opening one, and the moves in it.

use gloo_net::http::Method;
use orders_api::{AfterSaleOptions, CaseDetail, CaseMessage, CasePreview, OpenCase, Parcel};

use super::{Call, Failure};
use crate::words::Lang;

/// What may be asked for of an order.
pub async fn after_sale(lang: Lang, order: &str) -> Result<AfterSaleOptions, Failure> {
    Call::get(&orders_api::after_sale(order)).read(lang).await
}

/// What a case would come to.
pub async fn case_preview(
    lang: Lang,
    order: &str,
    wish: &OpenCase,
) -> Result<CasePreview, Failure> {
    Call::get(&case_preview_url(order, wish))
        .read_in_full(lang)
        .await
}

/// The call for what a case would come to.
pub fn case_preview_url(order: &str, wish: &OpenCase) -> String {
    let segment = orders_api::segment;
    let mut url = orders_api::after_sale_preview(order);
    url.push_str("?kind=");
    url.push_str(wish.kind.code());
    url.push_str("&reason=");
    url.push_str(&segment(&wish.reason));
    if let Some(condition) = wish.condition {
        url.push_str("&condition=");
        url.push_str(condition.code());
    }
    for some in &wish.lines {
        url.push_str("&line=");
        url.push_str(&segment(&some.line));
        url.push_str(&format!(":{}", some.quantity));
        for component in &some.components {
            url.push_str("&component=");
            url.push_str(&segment(&some.line));
            url.push(':');
            url.push_str(&segment(component));
        }
    }
    url
}

/// Opens a case.
pub async fn open_case(
    lang: Lang,
    order: &str,
    wish: &OpenCase,
    key: &str,
) -> Result<CaseDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::cases(order), key)
        .json(wish)
        .read_in_full(lang)
        .await
}

/// One case.
pub async fn case(lang: Lang, id: &str) -> Result<CaseDetail, Failure> {
    Call::get(&orders_api::case(id)).read(lang).await
}

/// Says something in a case.
pub async fn say_in_case(
    lang: Lang,
    id: &str,
    message: &CaseMessage,
    key: &str,
) -> Result<CaseDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::case_messages(id), key)
        .json(message)
        .read_in_full(lang)
        .await
}

/// Appeals to staff.
pub async fn appeal_case(
    lang: Lang,
    id: &str,
    message: &CaseMessage,
    key: &str,
) -> Result<CaseDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::case_appeal(id), key)
        .json(message)
        .read_in_full(lang)
        .await
}

/// Tells the parcel that goes back.
pub async fn send_case_parcel(
    lang: Lang,
    id: &str,
    parcel: &Parcel,
    key: &str,
) -> Result<CaseDetail, Failure> {
    Call::mutate(Method::PUT, &orders_api::case_parcel(id), key)
        .json(parcel)
        .read_in_full(lang)
        .await
}

/// Withdraws a case.
pub async fn withdraw_case(lang: Lang, id: &str, key: &str) -> Result<CaseDetail, Failure> {
    Call::mutate(Method::POST, &orders_api::case_withdrawal(id), key)
        .read_in_full(lang)
        .await
}
