//! Random identifiers and tokens.

use std::fmt::Write as _;

/// `N` bytes from the operating system's generator, as lower-case hexadecimal.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn hex<const N: usize>() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes)?;
    Ok(to_hex(&bytes))
}

/// How many digits a one-time code has.
pub const DIGITS: usize = 6;

/// A one-time code: [`DIGITS`] digits, each as likely as any other.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn digits() -> Result<String, getrandom::Error> {
    let mut code = String::with_capacity(DIGITS);
    while code.len() < DIGITS {
        let mut byte = [0_u8];
        getrandom::fill(&mut byte)?;
        // 250 is the most that ten goes into: beyond it, the first digits would come more often.
        if byte[0] < 250 {
            code.push(char::from(b'0' + byte[0] % 10));
        }
    }
    Ok(code)
}

/// Bytes as lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |different, (a, b)| different | (a ^ b))
            == 0
}

/// The SHA-256 of a secret in base64url without padding, as in RFC 7636 (S256).
pub fn binding(secret: &str) -> String {
    use sha2::{Digest, Sha256};
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(44);
    for chunk in Sha256::digest(secret.as_bytes()).chunks(3) {
        let byte = |index: usize| usize::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        // Three bytes are four letters, two are three.
        for letter in 0..=chunk.len() {
            text.push(char::from(LETTERS[bits >> (18 - 6 * letter) & 63]));
        }
    }
    text
}

/// The SHA-256 of `bytes`, as lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    to_hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binding_is_that_of_rfc_7636() {
        // Its appendix B.
        let secret = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(
            binding(secret),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_code_has_six_digits() {
        for _ in 0..100 {
            let code = digits().expect("randomness");
            assert!(code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }

    #[test]
    fn only_the_same_is_the_same() {
        for (one, other, expected) in [
            ("", "", true),
            ("abc", "abc", true),
            ("abc", "abd", false),
            ("abc", "ab", false),
        ] {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
    }
}
