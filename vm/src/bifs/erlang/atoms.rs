//! Atoms and text: `atom_to_list`, `binary_to_atom`, `list_to_existing_atom` and the like.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "atom_to_list", 1, atom_to_list),
    BifRow::new("erlang", "atom_to_binary", 1, atom_to_binary),
    BifRow::new("erlang", "atom_to_binary", 2, atom_to_binary_2),
    BifRow::new("erlang", "list_to_atom", 1, list_to_atom),
    BifRow::new("erlang", "list_to_existing_atom", 1, list_to_existing_atom),
    BifRow::new("erlang", "binary_to_atom", 1, binary_to_atom),
    BifRow::new("erlang", "binary_to_atom", 2, binary_to_atom_2),
    BifRow::new(
        "erlang",
        "binary_to_existing_atom",
        1,
        binary_to_existing_atom,
    ),
    BifRow::new(
        "erlang",
        "binary_to_existing_atom",
        2,
        binary_to_existing_atom_2,
    ),
];

/// Characters of the longest atom.
const MAX_CHARS: usize = 255;

/// How the bytes of an atom's binary are to be read or written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Latin1,
    Utf8,
}

fn encoding<'h>(t: Term<'h>) -> Result<Encoding, Raise<'h>> {
    match t.as_atom() {
        Some(atoms::LATIN1) => Ok(Encoding::Latin1),
        Some(atoms::UTF8 | atoms::UNICODE) => Ok(Encoding::Utf8),
        _ => Err(Raise::badarg()),
    }
}

/// The text of an atom argument.
fn text<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<&'h str, Raise<'h>> {
    t.as_atom()
        .map(|a| cx.atoms().text(a))
        .ok_or_else(Raise::badarg)
}

fn atom_to_list<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().string(text(cx, args[0])?))
}

fn atom_to_binary<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().binary(text(cx, args[0])?.as_bytes()))
}

fn atom_to_binary_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let text = text(cx, args[0])?;
    match encoding(args[1])? {
        Encoding::Utf8 => Ok(cx.heap().binary(text.as_bytes())),
        Encoding::Latin1 => {
            let bytes: Option<Vec<u8>> = text
                .chars()
                .map(|c| u8::try_from(u32::from(c)).ok())
                .collect();
            bytes
                .map(|b| cx.heap().binary(&b))
                .ok_or_else(Raise::badarg)
        }
    }
}

/// A list of characters as text; an atom longer than [`MAX_CHARS`] is a system limit.
fn list_text<'h>(list: Term<'h>) -> Result<String, Raise<'h>> {
    let mut iter = list.iter_list();
    let mut text = String::new();
    let mut count = 0;
    for c in iter.by_ref() {
        let c = c
            .as_usize()
            .and_then(|c| u32::try_from(c).ok())
            .and_then(char::from_u32);
        text.push(c.ok_or_else(Raise::badarg)?);
        count += 1;
    }
    if !iter.tail().is_nil() {
        return Err(Raise::badarg());
    }
    if count > MAX_CHARS {
        Err(Raise::system_limit())
    } else {
        Ok(text)
    }
}

fn binary_text<'h>(t: Term<'h>, encoding: Encoding) -> Result<String, Raise<'h>> {
    let bytes = t.as_binary().ok_or_else(Raise::badarg)?;
    let text = match encoding {
        Encoding::Latin1 => bytes.iter().map(|b| char::from(*b)).collect(),
        Encoding::Utf8 => String::from_utf8(bytes.into_owned()).map_err(|_| Raise::badarg())?,
    };
    if text.chars().nth(MAX_CHARS).is_some() {
        Err(Raise::system_limit())
    } else {
        Ok(text)
    }
}

fn made<'h>(cx: &Cx<'h>, text: &str) -> Result<Term<'h>, Raise<'h>> {
    cx.atom_term(text)
}

fn existing<'h>(cx: &Cx<'h>, text: &str) -> Result<Term<'h>, Raise<'h>> {
    cx.atoms()
        .existing(text)
        .map(Term::atom)
        .ok_or_else(Raise::badarg)
}

/// For the `existing` functions a text too long is no atom, hence badarg.
fn too_long_is_badarg<'h>(text: Result<String, Raise<'h>>) -> Result<String, Raise<'h>> {
    text.map_err(|_| Raise::badarg())
}

fn list_to_atom<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    made(cx, &list_text(args[0])?)
}

fn list_to_existing_atom<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    existing(cx, &too_long_is_badarg(list_text(args[0]))?)
}

fn binary_to_atom<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    made(cx, &binary_text(args[0], Encoding::Utf8)?)
}

fn binary_to_atom_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    made(cx, &binary_text(args[0], encoding(args[1])?)?)
}

fn binary_to_existing_atom<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    existing(
        cx,
        &too_long_is_badarg(binary_text(args[0], Encoding::Utf8))?,
    )
}

fn binary_to_existing_atom_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    existing(
        cx,
        &too_long_is_badarg(binary_text(args[0], encoding(args[1])?))?,
    )
}
