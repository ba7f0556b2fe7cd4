//! Digests, at once and in steps. A state in between is a value behind a reference: an update makes a new one and leaves the old as it is.

use digest::{Digest, ExtendableOutput, Update, XofReader};

use crate::atoms;
use crate::bifs::data::{Answer, iodata_bytes, pair, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Resource, ResourceBox, Term};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("crypto", "hash_native", 2, hash).long_if(weight::second),
    BifRow::new("crypto", "hash_init_native", 1, init),
    BifRow::new("crypto", "hash_update_native", 2, update).long_if(weight::second),
    BifRow::new("crypto", "hash_final_native", 1, finish),
    BifRow::new("crypto", "hash_xof_native", 3, xof).long_if(weight::second),
    BifRow::new("crypto", "hash_sizes_native", 1, sizes),
];

macro_rules! digests {
    ($($Variant:ident $name:literal $Type:ty, $block:literal;)+) => {
        /// A digest under way.
        #[derive(Clone)]
        pub enum State {
            $(#[doc = $name] $Variant($Type),)+
        }

        impl State {
            /// By the name that `crypto` has for it.
            pub fn new(name: &str) -> Option<State> {
                match name {
                    $($name => Some(State::$Variant(<$Type>::new())),)+
                    _ => None,
                }
            }

            /// Takes in more bytes.
            pub fn update(&mut self, bytes: &[u8]) {
                match self {
                    $(State::$Variant(state) => Digest::update(state, bytes),)+
                }
            }

            /// The digest of everything taken in.
            pub fn finish(self) -> Vec<u8> {
                match self {
                    $(State::$Variant(state) => state.finalize().to_vec(),)+
                }
            }

            /// Bytes of a block, which HMAC pads keys to.
            pub fn block(&self) -> usize {
                match self {
                    $(State::$Variant(_) => $block,)+
                }
            }
        }
    };
}

digests! {
    Md4 "md4" md4::Md4, 64;
    Md5 "md5" md5::Md5, 64;
    Ripemd160 "ripemd160" ripemd::Ripemd160, 64;
    Sha "sha" sha1::Sha1, 64;
    Sha224 "sha224" sha2::Sha224, 64;
    Sha256 "sha256" sha2::Sha256, 64;
    Sha384 "sha384" sha2::Sha384, 128;
    Sha512 "sha512" sha2::Sha512, 128;
    Sha512T224 "sha512_224" sha2::Sha512_224, 128;
    Sha512T256 "sha512_256" sha2::Sha512_256, 128;
    Sha3T224 "sha3_224" sha3::Sha3_224, 144;
    Sha3T256 "sha3_256" sha3::Sha3_256, 136;
    Sha3T384 "sha3_384" sha3::Sha3_384, 104;
    Sha3T512 "sha3_512" sha3::Sha3_512, 72;
    Blake2b "blake2b" blake2::Blake2b512, 128;
    Blake2s "blake2s" blake2::Blake2s256, 64;
}

impl State {
    /// At once.
    pub fn of(mut self, bytes: &[u8]) -> Vec<u8> {
        self.update(bytes);
        self.finish()
    }
}

/// The state that an atom names; `error` is what the Erlang side makes words of.
pub fn named(cx: &Cx<'_>, t: Term<'_>) -> Option<State> {
    State::new(cx.atoms().text(t.as_atom()?))
}

fn unknown<'h>() -> Answer<'h> {
    Ok(Term::atom(atoms::ERROR))
}

/// `hash_native(Type, Data)`: the digest, or `error` for an unknown type.
fn hash<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = iodata_bytes(a[1])?;
    let Some(state) = named(cx, a[0]) else {
        return unknown();
    };
    spend(cx, bytes.len());
    Ok(cx.heap().binary(&state.of(&bytes)))
}

fn resource<'h>(cx: &Cx<'h>, state: State) -> Term<'h> {
    let resource = Resource::new(ResourceBox(Box::new(state)));
    cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource)
}

/// The state behind a reference.
fn state(t: Term<'_>) -> Option<State> {
    t.as_ref()?.resource()?.0.downcast_ref::<State>().cloned()
}

fn init<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    named(cx, a[0]).map_or_else(unknown, |state| Ok(resource(cx, state)))
}

fn update<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let Some(mut state) = state(a[0]) else {
        return unknown();
    };
    let bytes = iodata_bytes(a[1])?;
    spend(cx, bytes.len());
    state.update(&bytes);
    Ok(resource(cx, state))
}

fn finish<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    state(a[0]).map_or_else(unknown, |state| Ok(cx.heap().binary(&state.finish())))
}

/// `hash_xof_native(shake128 | shake256, Data, Bytes)`.
fn xof<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = iodata_bytes(a[1])?;
    let wanted = a[2]
        .as_usize()
        .filter(|n| *n <= 1 << 28)
        .ok_or_else(Raise::badarg)?;
    let mut out = vec![0; wanted];
    match a[0].as_atom().map(|name| cx.atoms().text(name)) {
        Some("shake128") => {
            let mut state = shake::Shake128::default();
            state.update(&bytes);
            state.finalize_xof().read(&mut out);
        }
        Some("shake256") => {
            let mut state = shake::Shake256::default();
            state.update(&bytes);
            state.finalize_xof().read(&mut out);
        }
        _ => return unknown(),
    }
    spend(cx, bytes.len() + wanted);
    Ok(cx.heap().binary(&out))
}

/// `{BytesOfADigest, BytesOfABlock}`
fn sizes<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let Some(state) = named(cx, a[0]) else {
        return unknown();
    };
    let block = cx.heap().int(state.block() as i64);
    let size = cx.heap().int(state.finish().len() as i64);
    Ok(pair(cx, size, block))
}
