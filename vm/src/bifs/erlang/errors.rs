//! Raising: `error/1,2,3`, `exit/1`, `throw/1`, `raise/3`, `nif_error/1,2`.

use crate::atoms;
use crate::bifs::{BifRow, Class, Cx, Raise};
use crate::heap::{Kind, Term};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "error", 1, error),
    BifRow::new("erlang", "error", 2, error_args),
    BifRow::new("erlang", "error", 3, error_options),
    BifRow::new("erlang", "exit", 1, exit),
    BifRow::new("erlang", "throw", 1, throw),
    BifRow::new("erlang", "raise", 3, raise),
    BifRow::new("erlang", "nif_error", 1, nif_error),
    BifRow::new("erlang", "nif_error", 2, nif_error),
];

fn error<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Err(Raise::error(args[0]).by_caller())
}

/// With arguments for the caller's frame; `none` stands for no arguments.
fn error_args<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let raised = Raise::error(args[0]).by_caller();
    Err(if args[1].is_list() {
        raised.with_args(args[1])
    } else {
        raised
    })
}

/// As `error/1,2`, but it stands in the trace itself, with its arguments.
fn nif_error<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Err(Raise::error(args[0]))
}

/// The map of the option `{error_info, Map}`; the last one counts.
fn error_info<'h>(option: Term<'h>) -> Option<Term<'h>> {
    let pair = option.as_tuple().filter(|t| t.len() == 2)?;
    pair.get(0).filter(|k| k.is_atom(atoms::ERROR_INFO))?;
    pair.get(1).filter(|m| m.as_map().is_some())
}

/// The option `{error_info, Map}` goes to the first frame. With anything else among the options there are none, as in Erlang/OTP.
fn error_options<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut options = args[2].iter_list();
    let maps: Option<Vec<Term<'h>>> = options.by_ref().map(error_info).collect();
    let info = maps
        .filter(|_| options.tail().is_nil())
        .and_then(|maps| maps.last().copied());
    let raised = error_args(cx, args).err().unwrap_or_else(Raise::badarg);
    Err(match info {
        Some(map) => raised.with_details(map),
        None => raised,
    })
}

fn exit<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Err(Raise::exit(args[0]).by_caller())
}

fn throw<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Err(Raise::throw(args[0]).by_caller())
}

/// Raises with a given stack. A bad class or a stack that is none is the value `badarg`, not an exception.
fn raise<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let class = args[0].as_atom().and_then(Class::from_atom);
    match class {
        Some(class) if is_stack(args[2]) => {
            Err(Raise::new(class, args[1]).with_stack(args[2]).by_caller())
        }
        _ => Ok(Term::atom(atoms::BADARG)),
    }
}

/// `[{M, F, ArityOrArgs} | {M, F, ArityOrArgs, Location} | {Fun, Args} ...]`.
fn is_stack(list: Term<'_>) -> bool {
    let mut frames = list.iter_list();
    let all = frames.by_ref().all(|f| match f.kind() {
        Kind::Tuple(t) => {
            let place = |i: usize| t.get(i).is_some_and(|l| l.list_len().is_some());
            let arity = |i: usize| {
                t.get(i)
                    .is_some_and(|a| a.as_usize().is_some() || a.list_len().is_some())
            };
            let named = t.get(0).is_some_and(|m| m.as_atom().is_some())
                && t.get(1).is_some_and(|f| f.as_atom().is_some());
            match t.len() {
                2 => t.get(0).is_some_and(|f| f.as_fun().is_some()) && arity(1),
                3 => {
                    (named && arity(2))
                        || (t.get(0).is_some_and(|f| f.as_fun().is_some()) && arity(1) && place(2))
                }
                4 => named && arity(2) && place(3),
                _ => false,
            }
        }
        _ => false,
    });
    all && frames.tail().is_nil()
}
