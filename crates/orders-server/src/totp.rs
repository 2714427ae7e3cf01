//! The second factor of staff: codes of six digits that change every half minute (RFC 6238).

use orders_domain::{Instant, StaffId};
use totp_rs::{Builder, Secret, Totp};

/// The bytes of a new secret, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// What authenticator apps show beside the code.
const ISSUER: &str = "Tepai";

/// A new secret, in Base32.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn new_secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(Secret::new_stack(bytes).to_base32())
}

/// The step whose code `code` is, at `now`: the present one, or one before or after, because clocks differ. Without a
/// secret it takes as long, and is none.
pub fn step_of(secret: Option<&str>, code: &str, now: Instant) -> Option<i64> {
    let known = secret.and_then(|secret| Secret::try_from_base32(secret).ok());
    let real = known.is_some();
    let totp = totp(known.unwrap_or(Secret::new_stack([0; SECRET_BYTES])));
    let code: String = code.split_ascii_whitespace().collect();
    let seconds = u64::try_from(now.timestamp()).ok()?;
    let step = totp.check(&code, seconds)?;
    i64::try_from(step).ok().filter(|_| real)
}

/// What an authenticator app reads to know `secret`.
pub fn uri(secret: &str, staff: &StaffId) -> String {
    // Ids have nothing that would have to be escaped.
    format!("otpauth://totp/{ISSUER}:{staff}?secret={secret}&issuer={ISSUER}")
}

/// SHA-1, six digits, thirty seconds and one step of skew are the builder's own. Not its strict way, which refuses the
/// short secret of the demo.
fn totp(secret: Secret) -> Totp {
    Builder::new().with_secret(secret).build_noncompliant()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    /// "12345678901234567890" of RFC 6238, appendix B.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Instant {
        DateTime::from_timestamp(seconds, 0).expect("an instant")
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // Its last six of eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_of(Some(RFC), code, at(seconds));
            assert_eq!(step, Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_not_two() {
        let now = 1_111_111_109;
        for (off, fits) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let step = step_of(Some(RFC), "081804", at(now + off));
            assert_eq!(step, fits.then_some(now / 30), "{off}");
        }
    }

    #[test]
    fn only_six_digits_are_a_code() {
        let now = at(1_111_111_109);
        assert!(step_of(Some(RFC), " 081 804", now).is_some());
        for code in ["", "81804", "+81804", "0081804", "08180a", "०८१८०४"] {
            assert_eq!(step_of(Some(RFC), code, now), None, "{code}");
        }
        assert_eq!(step_of(None, "081804", now), None);
        assert_eq!(step_of(Some("not base 32!"), "081804", now), None);
    }

    #[test]
    fn a_new_secret_is_one_of_its_own_and_fits_the_app() {
        let (one, other) = (
            new_secret().expect("a secret"),
            new_secret().expect("a secret"),
        );
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
        let uri = uri(&one, &"wang".into());
        assert_eq!(
            uri,
            format!("otpauth://totp/Tepai:wang?secret={one}&issuer=Tepai")
        );
    }
}
