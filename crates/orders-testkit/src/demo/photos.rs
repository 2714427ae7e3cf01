//! The photos that belong to the demo's after-sale cases.

use orders_domain::{Evidence, EvidenceKind, ShopperId};

use super::LIN;

/// A photo and its file, as a shopper's upload leaves it when it is cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPhoto {
    /// What cases say of it.
    pub evidence: Evidence,
    /// Whose it is.
    pub shopper: ShopperId,
    /// The file, a JPEG without metadata.
    pub file: &'static [u8],
}

/// A lamp whose shade is cracked.
pub(super) const LAMP: &str = "ev_demo_lamp";
/// A parcel with a broken corner: nuts, and a board game.
pub(super) const NUTS: &str = "ev_demo_nuts";
/// See [`NUTS`].
pub(super) const GAME: &str = "ev_demo_game";
/// A notebook whose cover is torn.
pub(super) const NOTEBOOK: &str = "ev_demo_notebook";
/// A telephone that says no: a game card, and a top-up.
pub(super) const CARD: &str = "ev_demo_card";
/// See [`CARD`].
pub(super) const TOPUP: &str = "ev_demo_topup";

/// Every photo of the demo.
pub fn photos() -> Vec<DemoPhoto> {
    let lamp: &[u8] = include_bytes!("photos/lamp.jpg");
    let parcel: &[u8] = include_bytes!("photos/parcel.jpg");
    let notebook: &[u8] = include_bytes!("photos/notebook.jpg");
    let screen: &[u8] = include_bytes!("photos/screen.jpg");
    [
        (LAMP, lamp),
        (NUTS, parcel),
        (GAME, parcel),
        (NOTEBOOK, notebook),
        (CARD, screen),
        (TOPUP, screen),
    ]
    .map(|(id, file)| DemoPhoto {
        evidence: photo(id),
        shopper: LIN.into(),
        file,
    })
    .into()
}

/// What a case says of the photo `id`.
pub(super) fn photo(id: &str) -> Evidence {
    Evidence {
        id: id.into(),
        kind: EvidenceKind::Photo,
        width: 1200,
        height: 900,
    }
}
