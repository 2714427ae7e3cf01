//! How a simulated provider misbehaves.

use std::time::Duration;

/// Shares are in thousandths: 100 is one in ten.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// What is drawn changes with it.
    pub seed: u64,
    /// Requests that are answered with 500 before anything happened.
    pub errors: u32,
    /// Requests that are answered with 500 although the money moved.
    pub errors_after: u32,
    /// Requests that are not answered although the money moved: the connection hangs for [`Faults::hang`], then breaks.
    pub hangs_after: u32,
    /// Callbacks that are never sent.
    pub lost_callbacks: u32,
    /// Callbacks that are sent twice.
    pub doubled_callbacks: u32,
    /// Callbacks that come late, by [`Faults::late`].
    pub late_callbacks: u32,
    /// Refunds that are accepted and then turn out not to be possible (WeChat Pay: ABNORMAL; Alipay: accepted
    /// without any change of funds, and never carried out).
    pub abnormal: u32,
    /// Refunds whose card is closed (WeChat Pay: CLOSED; Alipay: the bank sends it back to the purse).
    pub closed: u32,
    /// How long a hanging request hangs.
    pub hang: Duration,
    /// How late a late callback is.
    pub late: Duration,
    /// How long a refund takes from being accepted to its end.
    pub settles: Duration,
}

impl Faults {
    /// Whether the fault `kind`, which hits `share` in a thousand, hits what `about` names.
    pub fn hit(&self, kind: &str, share: u32, about: &str) -> bool {
        share > 0 && self.draw(kind, about) % 1000 < u64::from(share)
    }

    /// FNV-1a: the same on every machine and in every version.
    fn draw(&self, kind: &str, about: &str) -> u64 {
        let bytes = self.seed.to_le_bytes();
        let bytes = bytes
            .iter()
            .chain(kind.as_bytes())
            .chain(b"/")
            .chain(about.as_bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        // The last bytes of FNV hardly reach the higher bits; mix them once more.
        let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^ (hash >> 33)
    }
}
