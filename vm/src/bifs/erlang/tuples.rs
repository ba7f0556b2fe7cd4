//! Tuples: `element/2`, `setelement/3`, `make_tuple/2,3`, `append_element/2` and their kin.

use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term, Tuple};
use smallvec::SmallVec;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "element", 2, element),
    BifRow::guard("erlang", "tuple_size", 1, tuple_size),
    BifRow::guard("erlang", "size", 1, size),
    BifRow::new("erlang", "setelement", 3, setelement),
    BifRow::new("erlang", "make_tuple", 2, make_tuple),
    BifRow::new("erlang", "make_tuple", 3, make_tuple_with),
    BifRow::new("erlang", "append_element", 2, append_element),
    BifRow::new("erlang", "insert_element", 3, insert_element),
    BifRow::new("erlang", "delete_element", 2, delete_element),
    BifRow::new("erlang", "list_to_tuple", 1, list_to_tuple).long_if(weight::first_list),
    BifRow::new("erlang", "tuple_to_list", 1, tuple_to_list),
];

/// Elements of the largest tuple, as in OTP.
const MAX_ELEMENTS: usize = (1 << 24) - 1;

/// A 1-based index into something with `len` elements, as a 0-based one.
fn index<'h>(t: Term<'h>, len: usize) -> Result<usize, Raise<'h>> {
    match t.as_usize() {
        Some(i) if i >= 1 && i <= len => Ok(i - 1),
        _ => Err(Raise::badarg()),
    }
}

fn tuple<'h>(t: Term<'h>) -> Result<Tuple<'h>, Raise<'h>> {
    t.as_tuple().ok_or_else(Raise::badarg)
}

fn element<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let t = tuple(args[1])?;
    let i = index(args[0], t.len())?;
    t.get(i).ok_or_else(Raise::badarg)
}

fn tuple_size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().int(tuple(args[0])?.len() as i64))
}

/// Of a tuple its elements, of a binary its whole bytes.
fn size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let n = match args[0].kind() {
        Kind::Tuple(t) => t.len(),
        Kind::Bits(b) => b.bit_len() / 8,
        _ => return Err(Raise::badarg()),
    };
    Ok(cx.heap().int(n as i64))
}

fn setelement<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let t = tuple(args[1])?;
    let i = index(args[0], t.len())?;
    let mut elements: Vec<Term<'h>> = t.iter().collect();
    elements[i] = args[2];
    Ok(cx.heap().tuple(&elements))
}

fn wanted_size<'h>(t: Term<'h>) -> Result<usize, Raise<'h>> {
    match t.as_usize() {
        Some(n) if n <= MAX_ELEMENTS => Ok(n),
        _ => Err(Raise::badarg()),
    }
}

fn make_tuple<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let n = wanted_size(args[0])?;
    Ok(cx.heap().tuple(&vec![args[1]; n]))
}

/// `make_tuple(Arity, Default, [{Position, Value}])`; later positions win.
fn make_tuple_with<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let n = wanted_size(args[0])?;
    let mut elements = vec![args[1]; n];
    let mut list = args[2].iter_list();
    for pair in list.by_ref() {
        let pair = tuple(pair)?;
        let (Some(at), Some(value), 2) = (pair.get(0), pair.get(1), pair.len()) else {
            return Err(Raise::badarg());
        };
        elements[index(at, n)?] = value;
    }
    if !list.tail().is_nil() {
        return Err(Raise::badarg());
    }
    Ok(cx.heap().tuple(&elements))
}

fn append_element<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut elements: Vec<Term<'h>> = tuple(args[0])?.iter().collect();
    if elements.len() == MAX_ELEMENTS {
        return Err(Raise::badarg());
    }
    elements.push(args[1]);
    Ok(cx.heap().tuple(&elements))
}

fn insert_element<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut elements: Vec<Term<'h>> = tuple(args[1])?.iter().collect();
    let i = index(args[0], elements.len() + 1)?;
    elements.insert(i, args[2]);
    Ok(cx.heap().tuple(&elements))
}

fn delete_element<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut elements: Vec<Term<'h>> = tuple(args[1])?.iter().collect();
    let i = index(args[0], elements.len())?;
    elements.remove(i);
    Ok(cx.heap().tuple(&elements))
}

fn list_to_tuple<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut list = args[0].iter_list();
    let mut elements: SmallVec<[Term<'h>; 32]> = SmallVec::new();
    elements.extend(list.by_ref());
    if !list.tail().is_nil() || elements.len() > MAX_ELEMENTS {
        return Err(Raise::badarg());
    }
    Ok(cx.heap().tuple(&elements))
}

fn tuple_to_list<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let elements: SmallVec<[Term<'h>; 32]> = tuple(args[0])?.iter().collect();
    Ok(cx.heap().list(&elements))
}
