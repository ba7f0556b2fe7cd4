//! Golden listings: one module per family of instructions; together they show every opcode.
//! `UPDATE_GOLDEN=1 cargo test -p transom-bytecode` rewrites the files after a change of the listing's form.

use transom_bytecode::Insn as I;
use transom_bytecode::listing::module_text;
use transom_bytecode::*;

mod families;
mod golden;
use families::all;
use golden::compare;

#[test]
fn listings_are_as_recorded() {
    for (name, m) in all() {
        compare(&format!("tests/golden/{name}.txt"), &module_text(&m));
    }
}

#[test]
fn the_golden_listings_show_every_opcode() {
    let shown: std::collections::HashSet<Op> = all()
        .iter()
        .flat_map(|(_, m)| &m.functions)
        .flat_map(|f| &f.code)
        .map(I::op)
        .collect();
    let missing: Vec<_> = OPS
        .iter()
        .filter(|o| !shown.contains(&o.op))
        .map(|o| o.mnemonic)
        .collect();
    assert!(
        missing.is_empty(),
        "opcodes in no golden listing: {missing:?}"
    );
}

#[test]
fn receive_and_binaries_verify() {
    for (name, m) in all() {
        if ["receive", "binaries"].contains(&name)
            && let Err(e) = verify(m)
        {
            panic!("{name}: {e}");
        }
    }
}
