//! The functions of `erlang` about other nodes, answered as by a node without a name.

use crate::atoms;
use crate::bifs::data::Answer;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "monitor_node", 2, monitor_node),
    BifRow::new("erlang", "monitor_node", 3, monitor_node),
    BifRow::new("erlang", "disconnect_node", 1, disconnect),
    BifRow::new("erlang", "get_cookie", 0, |cx, _| cx.atom_term("nocookie")),
    BifRow::new("erlang", "get_cookie", 1, |cx, a| {
        atom(a[0]).and_then(|()| cx.atom_term("nocookie"))
    }),
    BifRow::new("erlang", "set_cookie", 1, |cx, a| {
        atom(a[0]).and_then(|()| not_started(cx))
    }),
    BifRow::new("erlang", "set_cookie", 2, |cx, a| {
        atom(a[0]).and_then(|()| atom(a[1]))?;
        not_started(cx)
    }),
    // A name is given by the distribution, which there is none of.
    BifRow::new("erlang", "setnode", 2, |_, _| Err(Raise::badarg())),
    BifRow::new("erlang", "setnode", 3, |_, _| Err(Raise::badarg())),
];

fn atom<'h>(t: Term<'h>) -> Result<(), Raise<'h>> {
    t.as_atom().map(|_| ()).ok_or_else(Raise::badarg)
}

fn not_started<'h>(cx: &Cx<'h>) -> Answer<'h> {
    Err(Raise::error(cx.atom_term("distribution_not_started")?))
}

/// Watching this node is right and comes to nothing; another one cannot be reached, whatever is asked.
fn monitor_node<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    atom(a[0])?;
    if let Some(list) = a.get(2) {
        let mut options = list.iter_list();
        let known = options
            .by_ref()
            .all(|option| option.is_atom(atoms::ALLOW_PASSIVE_CONNECT));
        if !known || !options.tail().is_nil() {
            return Err(Raise::badarg());
        }
    }
    if !a[0].is_atom(cx.atom(&cx.vm().options.node)?) {
        return Err(Raise::error(cx.atom_term("notalive")?));
    }
    if a[1].is_atom(atoms::TRUE) || a[1].is_atom(atoms::FALSE) {
        Ok(Term::TRUE)
    } else {
        Err(Raise::badarg())
    }
}

/// The answer of a node without a name, whatever it is asked.
fn disconnect<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Answer<'h> {
    cx.atom_term("ignored")
}
