//! The end of the VM, and the names of nodes: there is one, this.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "halt", 0, halt),
    BifRow::new("erlang", "halt", 1, halt),
    BifRow::new("erlang", "halt", 2, halt),
    BifRow::new("erts_internal", "restart", 1, restart),
    BifRow::guard("erlang", "node", 0, node),
    BifRow::guard("erlang", "node", 1, node_of),
    BifRow::new("erlang", "nodes", 0, nodes),
    BifRow::new("erlang", "nodes", 1, nodes_of),
    BifRow::new("erlang", "nodes", 2, nodes_with_info),
    BifRow::new("erlang", "is_alive", 0, is_alive),
];

/// `halt([Status[, Options]])`: what was written is out already; the schedulers stop after their slices.
fn halt<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let status = match args.first() {
        None => 0,
        Some(term) => match term.kind() {
            Kind::Small(status) if status >= 0 => (status & 0xff) as i32,
            Kind::Atom(name) if cx.atoms().text(name) == "abort" => 134,
            Kind::Cons(_) | Kind::Nil => {
                let mut chars = term.iter_list();
                let slogan: Option<String> = chars
                    .by_ref()
                    .map(|c| c.as_usize().and_then(|c| char::from_u32(c as u32)))
                    .collect();
                let slogan = slogan
                    .filter(|_| chars.tail().is_nil())
                    .ok_or_else(Raise::badarg)?;
                eprintln!("{slogan}");
                1
            }
            _ => return Err(Raise::badarg()),
        },
    };
    if let Some(options) = args.get(1) {
        options.list_len().ok_or_else(Raise::badarg)?;
        if !options.iter_list().all(|o| is_halt_option(cx, o)) {
            return Err(Raise::badarg());
        }
    }
    cx.vm().halt(status);
    Err(Raise::wait(args))
}

/// `restart(Mode)`: halts; the program around the VM begins anew (`init:restart/0,1`).
fn restart<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mode = args[0].as_atom().ok_or_else(Raise::badarg)?;
    cx.vm().restart(cx.atoms().text(mode).to_owned());
    Err(Raise::wait(args))
}

/// `{flush, Boolean}`: output is always written before the end; `{flush_timeout, Milliseconds | infinity}`.
fn is_halt_option(cx: &Cx<'_>, option: Term<'_>) -> bool {
    let name = |t: &Term<'_>| t.as_atom().map(|a| cx.atoms().text(a));
    let Some([key, value]) = option
        .as_tuple()
        .filter(|t| t.len() == 2)
        .map(|t| [t.get(0), t.get(1)])
    else {
        return false;
    };
    match key.as_ref().and_then(name) {
        Some("flush") => matches!(value.as_ref().and_then(name), Some("true" | "false")),
        Some("flush_timeout") => {
            value.as_ref().and_then(name) == Some("infinity")
                || value.is_some_and(|v| v.as_usize().is_some())
        }
        _ => false,
    }
}

fn node<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    cx.atom_term(&cx.vm().options.node)
}

fn node_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match args[0].kind() {
        Kind::Pid(_) | Kind::Port(_) | Kind::Ref(_) => node(cx, args),
        _ => Err(Raise::badarg()),
    }
}

fn nodes<'h>(_: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::NIL)
}

/// `[{Node, Info}]` of the chosen kinds; of this node there is nothing to tell beyond its type.
fn nodes_with_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[1].as_map().is_none() {
        return Err(Raise::badarg());
    }
    let heap = cx.heap();
    let pairs: Vec<Term<'h>> = nodes_of(cx, &args[..1])?
        .iter_list()
        .map(|node| heap.tuple(&[node, heap.map_from_pairs(&[])]))
        .collect();
    Ok(heap.list(&pairs))
}

fn nodes_of<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let kinds: Vec<Term<'h>> = if args[0].is_list() {
        args[0].iter_list().collect()
    } else {
        vec![args[0]]
    };
    let mut this = false;
    for kind in kinds {
        match cx.atoms().text(kind.as_atom().ok_or_else(Raise::badarg)?) {
            "this" | "known" => this = true,
            "visible" | "hidden" | "connected" => {}
            _ => return Err(Raise::badarg()),
        }
    }
    if this {
        Ok(cx.heap().list(&[node(cx, args)?]))
    } else {
        Ok(Term::NIL)
    }
}

fn is_alive<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(cx.node_is_named()))
}

impl Cx<'_> {
    /// Whether the node was given a name.
    fn node_is_named(&self) -> bool {
        self.vm().options.node != self.atoms().text(atoms::NONODE)
    }
}
