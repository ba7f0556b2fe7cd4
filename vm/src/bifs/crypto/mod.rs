//! The natives of `crypto`: digests, message authentication, random bytes. Checks of types and words of errors are in
//! `stdlib/src/crypto.erl`; here an atom says what was wrong.

pub mod digest;
pub mod mac;
pub mod random;
