//! Core as text, for `transom dump --stage core` and golden tests.

use std::fmt::Write as _;

use super::pool::Pool;
use super::{Block, Callee, End, Func, OpKind, Raise, Val};

/// A function as text.
pub fn func_text(f: &Func, pool: &Pool) -> String {
    let mut out = format!("function {}/{}\n", pool.atom_text(f.name), f.arity);
    for b in super::graph::order(f) {
        let block = &f.blocks[b.ix()];
        let params: Vec<String> = block.params.iter().map(|v| format!("v{}", v.0)).collect();
        let _ = write!(out, "  b{}({})", b.0, params.join(", "));
        if let Some(h) = block.handler {
            let _ = write!(out, " handler b{}", h.0);
        }
        out.push('\n');
        block_text(block, pool, &mut out);
    }
    out
}

fn block_text(block: &Block, pool: &Pool, out: &mut String) {
    for op in &block.ops {
        out.push_str("    ");
        if let Some(d) = op.dst {
            let _ = write!(out, "v{} = ", d.0);
        }
        let _ = writeln!(out, "{}", op_text(&op.kind, pool));
    }
    let _ = writeln!(out, "    {}", end_text(&block.end, pool));
}

/// An operand as text.
pub fn val_text(v: Val, pool: &Pool) -> String {
    match v {
        Val::Var(v) => format!("v{}", v.0),
        Val::Small(n) => n.to_string(),
        Val::Atom(a) => format!("'{}'", pool.atom_text(a)),
        Val::Nil => "[]".into(),
        Val::Const(c) => format!("const {}", c.0),
    }
}

fn vals(vs: &[Val], pool: &Pool) -> String {
    let vs: Vec<String> = vs.iter().map(|v| val_text(*v, pool)).collect();
    vs.join(", ")
}

fn callee_text(c: &Callee, pool: &Pool) -> String {
    match c {
        Callee::Local(f) => format!("f{}", f.0),
        Callee::Ext(i) => {
            let (m, f, a) = pool.import_text(*i);
            format!("{m}:{f}/{a}")
        }
        Callee::Fun(v) => format!("fun {}", val_text(*v, pool)),
        Callee::Apply(m, f) => format!("{}:{}", val_text(*m, pool), val_text(*f, pool)),
    }
}

fn op_text(op: &OpKind, pool: &Pool) -> String {
    let mut uses = Vec::new();
    op.for_each_use(&mut |v| uses.push(v));
    match op {
        OpKind::Call(c, args) => format!("call {}({})", callee_text(c, pool), vals(args, pool)),
        OpKind::Bif(i, args) => {
            let (_, f, _) = pool.import_text(*i);
            format!("bif {f}({})", vals(args, pool))
        }
        OpKind::Fetch(src, pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(k, v)| format!("{} -> v{}", val_text(*k, pool), v.0))
                .collect();
            format!("fetch {} {}", val_text(*src, pool), pairs.join(", "))
        }
        OpKind::Arith(a, x, y) => format!("{a:?} {}", vals(&[*x, *y], pool)),
        OpKind::GetElem(v, i) => format!("elem {} {i}", val_text(*v, pool)),
        other => {
            // The name of the variant stands at the start of its debug form.
            let debug = format!("{other:?}");
            let name: String = debug.chars().take_while(|c| c.is_alphanumeric()).collect();
            format!("{name} {}", vals(&uses, pool))
        }
    }
}

fn end_text(end: &End, pool: &Pool) -> String {
    match end {
        End::Open => "open".into(),
        End::Jump(b, args) => format!("jump b{}({})", b.0, vals(args, pool)),
        End::Test(t, a, b) => {
            let mut uses = Vec::new();
            end.for_each_use(&mut |v| uses.push(v));
            let debug = format!("{t:?}");
            let name: String = debug.chars().take_while(|c| c.is_alphanumeric()).collect();
            let kind = match t {
                super::Test::Is(k, _) => format!("{k:?}"),
                super::Test::Arity(_, n) | super::Test::Tagged(_, n, _) => n.to_string(),
                _ => String::new(),
            };
            format!(
                "if {name} {kind} {} then b{} else b{}",
                vals(&uses, pool),
                a.0,
                b.0
            )
        }
        End::Or(op, a, b) => {
            let dst = op.dst.map_or(String::new(), |d| format!("v{} = ", d.0));
            format!(
                "{dst}{} then b{} else b{}",
                op_text(&op.kind, pool),
                a.0,
                b.0
            )
        }
        End::SelectVal(v, arms, d) => {
            let arms: Vec<String> = arms
                .iter()
                .map(|(v, b)| format!("{}: b{}", val_text(*v, pool), b.0))
                .collect();
            format!(
                "select {} {{{}}} else b{}",
                val_text(*v, pool),
                arms.join(", "),
                d.0
            )
        }
        End::SelectArity(v, arms, d) => {
            let arms: Vec<String> = arms.iter().map(|(n, b)| format!("{n}: b{}", b.0)).collect();
            format!(
                "select_arity {} {{{}}} else b{}",
                val_text(*v, pool),
                arms.join(", "),
                d.0
            )
        }
        End::Return(v) => format!("return {}", val_text(*v, pool)),
        End::TailCall(c, args) => format!("tail {}({})", callee_text(c, pool), vals(args, pool)),
        End::Raise(r) => {
            let mut uses = Vec::new();
            r.for_each_use(&mut |v| uses.push(v));
            let name = match r {
                Raise::FuncClause(_) => "function_clause",
                Raise::Badmatch(_) => "badmatch",
                Raise::CaseClause(_) => "case_clause",
                Raise::IfClause => "if_clause",
                Raise::TryClause(_) => "try_clause",
                Raise::ElseClause(_) => "else_clause",
                Raise::Badrecord(_) => "badrecord",
                Raise::Again(..) => "again",
            };
            format!("raise {name} {}", vals(&uses, pool))
        }
        End::Try {
            slot,
            body,
            handler,
            ..
        } => {
            format!("v{} = try b{} handler b{}", slot.0, body.0, handler.0)
        }
        End::LoopRec { dst, next, empty } => {
            format!("v{} = message then b{} else b{}", dst.0, next.0, empty.0)
        }
        End::LoopRecEnd(b) => format!("skip message, jump b{}", b.0),
        End::Wait(b) => format!("wait b{}", b.0),
        End::WaitTimeout { again, time, next } => {
            format!(
                "wait {} b{} then b{}",
                val_text(*time, pool),
                again.0,
                next.0
            )
        }
    }
}
