//! The simulator's keys: signatures of API v3 seen from WeChat Pay's side.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::WechatPaySimulator;

/// The same in every run; nothing depends on their being secret.
pub(super) struct Keys {
    merchant: UnparsedPublicKey<Vec<u8>>,
    platform: RsaKeyPair,
    api: LessSafeKey,
    /// Nonces are counted, so that a run can be repeated.
    nonces: AtomicU64,
}

/// The headers of a message that is signed.
pub(super) type Signature = [(&'static str, String); 5];

/// Something encrypted.
pub(super) struct Sealed {
    pub(super) nonce: String,
    /// Base64, the tag at the end.
    pub(super) ciphertext: String,
}

impl Keys {
    pub(super) fn fixed() -> Self {
        let merchant = key_pair(WechatPaySimulator::PRIVATE_KEY);
        let api = UnboundKey::new(&AES_256_GCM, WechatPaySimulator::API_KEY.as_bytes());
        Self {
            merchant: UnparsedPublicKey::new(
                &RSA_PKCS1_2048_8192_SHA256,
                merchant.public_key().as_ref().to_vec(),
            ),
            platform: key_pair(WechatPaySimulator::PLATFORM_PRIVATE_KEY),
            api: LessSafeKey::new(api.unwrap_or_else(|_| panic!("the API v3 key is none"))),
            nonces: AtomicU64::new(1),
        }
    }

    /// The public key that the merchant has of WeChat Pay.
    pub(super) fn platform_public_pem(&self) -> String {
        let der: Result<PublicKeyX509Der<'_>, _> = self.platform.public_key().as_der();
        let der = der.unwrap_or_else(|_| panic!("the platform's key is none"));
        pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref().to_vec()))
    }

    /// Whether the merchant signed `text`.
    pub(super) fn is_merchants(&self, text: &str, signature: &str) -> bool {
        STANDARD
            .decode(signature)
            .is_ok_and(|signature| self.merchant.verify(text.as_bytes(), &signature).is_ok())
    }

    /// The headers that make `body` WeChat Pay's.
    pub(super) fn sign(&self, body: &str, timestamp: i64) -> Signature {
        let nonce = format!("{:032x}", self.next());
        let text = format!("{timestamp}\n{nonce}\n{body}\n");
        let mut signature = vec![0; self.platform.public_modulus_len()];
        let signed = self.platform.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            text.as_bytes(),
            &mut signature,
        );
        if signed.is_err() {
            panic!("the platform's key does not sign");
        }
        [
            ("Wechatpay-Timestamp", timestamp.to_string()),
            ("Wechatpay-Nonce", nonce),
            ("Wechatpay-Signature", STANDARD.encode(signature)),
            (
                "Wechatpay-Serial",
                WechatPaySimulator::PLATFORM_KEY_ID.to_owned(),
            ),
            (
                "Wechatpay-Signature-Type",
                "WECHATPAY2-SHA256-RSA2048".to_owned(),
            ),
        ]
    }

    /// `text`, encrypted with the API v3 key.
    pub(super) fn seal(&self, text: String, associated_data: &str) -> Sealed {
        let nonce = format!("{:012x}", self.next());
        let mut bytes = text.into_bytes();
        let sealed = Nonce::try_assume_unique_for_key(nonce.as_bytes()).and_then(|nonce| {
            let words = Aad::from(associated_data.as_bytes());
            self.api.seal_in_place_append_tag(nonce, words, &mut bytes)
        });
        if sealed.is_err() {
            panic!("the API v3 key does not encrypt");
        }
        Sealed {
            nonce,
            ciphertext: STANDARD.encode(bytes),
        }
    }

    /// A number that was not there before.
    pub(super) fn next(&self) -> u64 {
        self.nonces.fetch_add(1, Ordering::Relaxed)
    }
}

fn key_pair(text: &str) -> RsaKeyPair {
    pem::parse(text)
        .ok()
        .and_then(|block| RsaKeyPair::from_pkcs8(block.contents()).ok())
        .unwrap_or_else(|| panic!("a key that comes with the simulator is none"))
}
