//! Message authentication: HMAC over any digest (RFC 2104), CMAC over AES, Poly1305. `pbkdf2_hmac` (RFC 8018) is here too: its rounds would
//! take too long in Erlang; it runs on a dirty thread.

use cmac::{Cmac, KeyInit, Mac};
use poly1305::Poly1305;

use super::digest::{State, named};
use crate::atoms;
use crate::bifs::data::{Answer, iodata_bytes, spend, usize_arg};
use crate::bifs::io::blocking::blocking;
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Resource, ResourceBox, Term};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("crypto", "mac_native", 4, mac).long_if(weight::fourth),
    BifRow::new("crypto", "mac_init_native", 3, init),
    BifRow::new("crypto", "mac_update_native", 2, update).long_if(weight::second),
    BifRow::new("crypto", "mac_final_native", 1, finish),
    BifRow::new("crypto", "pbkdf2_native", 5, pbkdf2),
];

/// A computation under way.
#[derive(Clone)]
pub enum Code {
    /// The inner digest, and the outer one with its key already in it.
    Hmac(State, State),
    Aes128(Cmac<aes::Aes128>),
    Aes192(Cmac<aes::Aes192>),
    Aes256(Cmac<aes::Aes256>),
    /// Poly1305 takes whole blocks: what was given so far, and the key.
    Poly1305(Box<[u8; 32]>, Vec<u8>),
}

/// What is wrong with the arguments, for the Erlang side to word.
enum Fault {
    Digest,
    Cipher,
    Key,
    Kind,
}

impl Fault {
    fn term<'h>(&self, cx: &Cx<'h>) -> Answer<'h> {
        cx.atom_term(match self {
            Fault::Digest => "bad_digest",
            Fault::Cipher => "bad_cipher",
            Fault::Key => "bad_key",
            Fault::Kind => "bad_kind",
        })
    }
}

/// HMAC with the key in place.
pub fn hmac(plain: &State, key: &[u8]) -> (State, State) {
    let mut padded = vec![0; plain.block()];
    if key.len() > padded.len() {
        let short = plain.clone().of(key);
        padded[..short.len()].copy_from_slice(&short);
    } else {
        padded[..key.len()].copy_from_slice(key);
    }
    let keyed = |with: u8| {
        let mut state = plain.clone();
        state.update(&padded.iter().map(|b| b ^ with).collect::<Vec<u8>>());
        state
    };
    (keyed(0x36), keyed(0x5c))
}

impl Code {
    fn new(cx: &Cx<'_>, kind: Term<'_>, sub: Term<'_>, key: &[u8]) -> Result<Code, Fault> {
        let name = |t: Term<'_>| t.as_atom().map(|a| cx.atoms().text(a).to_owned());
        let bad_key = |_| Fault::Key;
        match name(kind).as_deref() {
            Some("hmac") => {
                let plain = named(cx, sub).ok_or(Fault::Digest)?;
                let (inner, outer) = hmac(&plain, key);
                Ok(Code::Hmac(inner, outer))
            }
            Some("cmac") => match (name(sub).as_deref(), key.len()) {
                (Some("aes_128_cbc" | "aes_128_ecb"), _) | (Some("aes_cbc"), 16) => {
                    Cmac::new_from_slice(key).map(Code::Aes128).map_err(bad_key)
                }
                (Some("aes_192_cbc" | "aes_192_ecb"), _) | (Some("aes_cbc"), 24) => {
                    Cmac::new_from_slice(key).map(Code::Aes192).map_err(bad_key)
                }
                (Some("aes_256_cbc" | "aes_256_ecb"), _) | (Some("aes_cbc"), 32) => {
                    Cmac::new_from_slice(key).map(Code::Aes256).map_err(bad_key)
                }
                (Some("aes_cbc"), _) => Err(Fault::Key),
                _ => Err(Fault::Cipher),
            },
            Some("poly1305") => <[u8; 32]>::try_from(key)
                .map(|key| Code::Poly1305(Box::new(key), Vec::new()))
                .map_err(|_| Fault::Key),
            _ => Err(Fault::Kind),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Code::Hmac(inner, _) => inner.update(bytes),
            Code::Aes128(state) => Mac::update(state, bytes),
            Code::Aes192(state) => Mac::update(state, bytes),
            Code::Aes256(state) => Mac::update(state, bytes),
            Code::Poly1305(_, so_far) => so_far.extend(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Code::Hmac(inner, mut outer) => {
                outer.update(&inner.finish());
                outer.finish()
            }
            Code::Aes128(state) => state.finalize().into_bytes().to_vec(),
            Code::Aes192(state) => state.finalize().into_bytes().to_vec(),
            Code::Aes256(state) => state.finalize().into_bytes().to_vec(),
            Code::Poly1305(key, text) => {
                let state = Poly1305::new((&*key).into());
                state.compute_unpadded(&text).to_vec()
            }
        }
    }
}

/// `mac_native(Kind, Sub, Key, Data)`: the code, or an atom that says what was wrong.
fn mac<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let (key, data) = (iodata_bytes(a[2])?, iodata_bytes(a[3])?);
    match Code::new(cx, a[0], a[1], &key) {
        Err(fault) => fault.term(cx),
        Ok(mut code) => {
            code.update(&data);
            spend(cx, data.len());
            Ok(cx.heap().binary(&code.finish()))
        }
    }
}

fn resource<'h>(cx: &Cx<'h>, code: Code) -> Term<'h> {
    let resource = Resource::new(ResourceBox(Box::new(code)));
    cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource)
}

fn code(t: Term<'_>) -> Option<Code> {
    t.as_ref()?.resource()?.0.downcast_ref::<Code>().cloned()
}

fn init<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let key = iodata_bytes(a[2])?;
    match Code::new(cx, a[0], a[1], &key) {
        Err(fault) => fault.term(cx),
        Ok(code) => Ok(resource(cx, code)),
    }
}

fn update<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let Some(mut code) = code(a[0]) else {
        return Ok(Term::atom(atoms::ERROR));
    };
    let bytes = iodata_bytes(a[1])?;
    spend(cx, bytes.len());
    code.update(&bytes);
    Ok(resource(cx, code))
}

fn finish<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    Ok(match code(a[0]) {
        Some(code) => cx.heap().binary(&code.finish()),
        None => Term::atom(atoms::ERROR),
    })
}

/// `pbkdf2_native(Digest, Password, Salt, Rounds, KeyBytes)`.
fn pbkdf2<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let Some(plain) = named(cx, a[0]) else {
        return Ok(Term::atom(atoms::ERROR));
    };
    let (password, salt) = (iodata_bytes(a[1])?, iodata_bytes(a[2])?);
    let (rounds, len) = (usize_arg(a[3])?, usize_arg(a[4])?);
    if rounds == 0 || len == 0 || len > 1 << 24 {
        return Err(Raise::badarg());
    }
    let key = blocking(cx, a, move || derive(&plain, &password, &salt, rounds, len))?;
    Ok(cx.heap().binary(&key))
}

fn derive(plain: &State, password: &[u8], salt: &[u8], rounds: usize, len: usize) -> Vec<u8> {
    let (inner, outer) = hmac(plain, password);
    let keyed = |parts: &[&[u8]]| {
        let mut inside = inner.clone();
        parts.iter().for_each(|p| inside.update(p));
        let mut outside = outer.clone();
        outside.update(&inside.finish());
        outside.finish()
    };
    let mut key = Vec::with_capacity(len);
    let mut block = 1_u32;
    while key.len() < len {
        let mut last = keyed(&[salt, &block.to_be_bytes()]);
        let mut sum = last.clone();
        for _ in 1..rounds {
            last = keyed(&[&last]);
            sum.iter_mut().zip(&last).for_each(|(s, b)| *s ^= b);
        }
        key.extend(sum);
        block += 1;
    }
    key.truncate(len);
    key
}
