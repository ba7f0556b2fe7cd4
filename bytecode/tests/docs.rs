//! The reference pages of instructions and verifier rules are made from the tables; this checks that they are up to date.

use std::fmt::Write;

use transom_bytecode::verify::RULES;
use transom_bytecode::{OPS, Role};

mod golden;

#[test]
fn the_opcode_page_is_up_to_date() {
    let mut page = String::from(
        "# Generic instructions\n\nMade from the table in `bytecode/src/ops.rs` by `UPDATE_GOLDEN=1 cargo test -p transom-bytecode`; \
         [bytecode.md](bytecode.md) explains the machine.\n\n\
         An operand marked `w` is written, `u` updated; an instruction marked `end` never falls through to the next one.\n\n\
         | no | instruction | operands | meaning |\n|---|---|---|---|\n",
    );
    for (i, op) in OPS.iter().enumerate() {
        let mut operands = String::new();
        for o in op.operands {
            let role = match o.role {
                Role::Write => " w",
                Role::Update => " u",
                Role::Read | Role::Plain => "",
            };
            let _ = write!(
                operands,
                "{}{}: {}{role}",
                if operands.is_empty() { "" } else { ", " },
                o.name,
                o.kind
            );
        }
        let end = if op.falls_through { "" } else { " `end`" };
        let semantics = if op.semantics.is_empty() {
            String::new()
        } else {
            format!(" `{}`", op.semantics.replace('|', "\\|"))
        };
        let doc = op.doc.trim().replace('|', "\\|");
        let _ = writeln!(
            page,
            "| {i} | `{}`{end} | {operands} | {doc}{semantics} |",
            op.mnemonic
        );
    }
    golden::compare("../docs/internals/opcodes.md", &page);
}

#[test]
fn the_verifier_page_is_up_to_date() {
    let mut page = String::from(
        "# Rules of the verifier\n\nMade from the table in `bytecode/src/verify/mod.rs` by \
         `UPDATE_GOLDEN=1 cargo test -p transom-bytecode`. Code that breaks one is never run.\n\n| code | rule |\n|---|---|\n",
    );
    for (_, code, text) in RULES {
        let _ = writeln!(page, "| {code} | {} |", text.trim().replace('|', "\\|"));
    }
    golden::compare("../docs/internals/verifier.md", &page);
}
