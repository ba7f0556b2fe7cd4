//! Type tests as functions: `is_atom/1` ... `is_record/2,3`. Code compiled to instructions does not come here; `apply` and funs do.

use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "is_atom", 1, is_atom),
    BifRow::guard("erlang", "is_binary", 1, is_binary),
    BifRow::guard("erlang", "is_bitstring", 1, is_bitstring),
    BifRow::guard("erlang", "is_boolean", 1, is_boolean),
    BifRow::guard("erlang", "is_float", 1, is_float),
    BifRow::guard("erlang", "is_function", 1, is_function),
    BifRow::guard("erlang", "is_function", 2, is_function_arity),
    BifRow::guard("erlang", "is_integer", 1, is_integer),
    BifRow::guard("erlang", "is_integer", 3, is_integer_between),
    BifRow::guard("erlang", "is_list", 1, is_list),
    BifRow::guard("erlang", "is_map", 1, is_map),
    BifRow::guard("erlang", "is_number", 1, is_number),
    BifRow::guard("erlang", "is_pid", 1, is_pid),
    BifRow::guard("erlang", "is_port", 1, is_port),
    BifRow::guard("erlang", "is_record", 2, is_record),
    BifRow::guard("erlang", "is_record", 3, is_record_size),
    BifRow::guard("erlang", "is_reference", 1, is_reference),
    BifRow::guard("erlang", "is_tuple", 1, is_tuple),
];

macro_rules! tests {
    ($($name:ident: $pattern:pat),* $(,)?) => {
        $(
            fn $name<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
                Ok(Term::bool(matches!(args[0].kind(), $pattern)))
            }
        )*
    };
}

tests! {
    is_atom: Kind::Atom(_),
    is_bitstring: Kind::Bits(_),
    is_float: Kind::Float(_),
    is_function: Kind::Fun(_),
    is_integer: Kind::Small(_) | Kind::Big(_),
    is_list: Kind::Cons(_) | Kind::Nil,
    is_map: Kind::Map(_),
    is_number: Kind::Small(_) | Kind::Big(_) | Kind::Float(_),
    is_pid: Kind::Pid(_),
    is_port: Kind::Port(_),
    is_reference: Kind::Ref(_),
    is_tuple: Kind::Tuple(_),
}

fn is_binary<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(args[0].as_bits().is_some_and(|b| b.is_binary())))
}

fn is_boolean<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    use crate::atoms::{FALSE, TRUE};
    Ok(Term::bool(matches!(args[0].as_atom(), Some(TRUE | FALSE))))
}

fn is_function_arity<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let arity = match args[1].kind() {
        Kind::Small(n) if n >= 0 => Some(n),
        Kind::Big(b) if !b.is_negative() => None,
        _ => return Err(Raise::badarg()),
    };
    Ok(Term::bool(
        args[0]
            .as_fun()
            .is_some_and(|f| arity == Some(i64::from(f.arity()))),
    ))
}

/// `is_integer(I, Low, High)` of OTP 28.
fn is_integer_between<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let integer = |t: Term<'h>| matches!(t.kind(), Kind::Small(_) | Kind::Big(_));
    if !integer(args[1]) || !integer(args[2]) {
        return Err(Raise::badarg());
    }
    let cmp = |a, b| crate::heap::cmp(cx.atoms(), a, b);
    Ok(Term::bool(
        integer(args[0]) && cmp(args[0], args[1]).is_ge() && cmp(args[0], args[2]).is_le(),
    ))
}

fn is_record<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let tag = args[1].as_atom().ok_or_else(Raise::badarg)?;
    Ok(Term::bool(
        args[0]
            .as_tuple()
            .and_then(|t| t.get(0))
            .is_some_and(|t| t.is_atom(tag)),
    ))
}

fn is_record_size<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let tag = args[1].as_atom().ok_or_else(Raise::badarg)?;
    let size = args[2].as_small().ok_or_else(Raise::badarg)?;
    Ok(Term::bool(args[0].as_tuple().is_some_and(|t| {
        usize::try_from(size) == Ok(t.len()) && t.get(0).is_some_and(|t| t.is_atom(tag))
    })))
}
