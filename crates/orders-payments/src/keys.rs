//! Keys of a merchant and a provider: RSA signatures over SHA-256, as both providers use them.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A merchant's own key, with which requests are signed.
pub(crate) struct SigningKey(RsaKeyPair);

/// A provider's public key, with which answers are checked.
pub(crate) struct VerifyingKey(UnparsedPublicKey<Vec<u8>>);

impl SigningKey {
    /// Reads a private key: PKCS#8 or PKCS#1, as PEM or as bare Base64, which Alipay's console and tools hand out.
    ///
    /// # Errors
    /// In words, when it is none.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let pair = match bare(text) {
            Some(der) => RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der)),
            None => {
                let block = pem::parse(text).map_err(|error| error.to_string())?;
                match block.tag() {
                    "PRIVATE KEY" => RsaKeyPair::from_pkcs8(block.contents()),
                    "RSA PRIVATE KEY" => RsaKeyPair::from_der(block.contents()),
                    other => return Err(format!("{other:?} is no private key")),
                }
            }
        };
        pair.map(Self).map_err(|error| error.to_string())
    }

    /// The signature of `text` in Base64.
    ///
    /// # Errors
    /// In words, when there is no randomness.
    pub(crate) fn sign(&self, text: &[u8]) -> Result<String, String> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                text,
                &mut signature,
            )
            .map_err(|error| error.to_string())?;
        Ok(STANDARD.encode(signature))
    }
}

impl VerifyingKey {
    /// Reads a public key: PEM, or bare Base64.
    ///
    /// # Errors
    /// In words, when it is none.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        if let Some(der) = bare(text) {
            return Ok(Self(UnparsedPublicKey::new(
                &RSA_PKCS1_2048_8192_SHA256,
                der,
            )));
        }
        let block = pem::parse(text).map_err(|error| error.to_string())?;
        if !matches!(block.tag(), "PUBLIC KEY" | "RSA PUBLIC KEY") {
            return Err(format!("{:?} is no public key", block.tag()));
        }
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, block.into_contents());
        Ok(Self(key))
    }

    /// Whether `signature`, in Base64, is that of `text`.
    pub(crate) fn verifies(&self, text: &[u8], signature: &str) -> bool {
        STANDARD
            .decode(signature)
            .is_ok_and(|signature| self.0.verify(text, &signature).is_ok())
    }
}

/// The bytes of a key without PEM's frame; `None` of one that has it.
fn bare(text: &str) -> Option<Vec<u8>> {
    let characters: String = text.split_ascii_whitespace().collect();
    STANDARD
        .decode(characters)
        .ok()
        .filter(|der| !der.is_empty())
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SigningKey")
            .field(&self.0.public_key().as_ref().len())
            .finish()
    }
}

impl std::fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VerifyingKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: &str = include_str!("alipay/test.pem");
    const PUBLIC: &str = include_str!("alipay/test.public.pem");

    #[test]
    fn keys_are_read_with_and_without_their_frame() {
        let bare = |pem: &str| -> String {
            let lines = pem.lines().filter(|line| !line.starts_with("-----"));
            lines.collect::<Vec<_>>().join("\n")
        };
        for private in [PRIVATE.to_owned(), bare(PRIVATE)] {
            let signature = SigningKey::read(&private)
                .expect("a key")
                .sign(b"text")
                .expect("signed");
            for public in [PUBLIC.to_owned(), bare(PUBLIC)] {
                let key = VerifyingKey::read(&public).expect("a key");
                assert!(key.verifies(b"text", &signature));
                assert!(!key.verifies(b"texT", &signature));
            }
        }
        for text in ["", "no key", "AAAA", PUBLIC] {
            assert!(SigningKey::read(text).is_err(), "{text:.20}");
        }
        for text in ["", "no key", PRIVATE] {
            assert!(VerifyingKey::read(text).is_err(), "{text:.20}");
        }
    }
}
