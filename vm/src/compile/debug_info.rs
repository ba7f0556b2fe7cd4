//! Abstract code in a bytecode file, for `beam_lib` and what is built on it.

use transom_bytecode::ExtraChunk;
use transom_compiler::Compiled;
use transom_compiler::abstract_term::Term;
use transom_compiler::forms::{self, Anno};

use super::terms;
use crate::etf::{EncodeOptions, encode};
use crate::heap::{Heap, HeapOptions};
use crate::vm::Vm;

/// Gives the module the forms it was made of, when `debug_info` asked for it.
pub fn add_debug_info(compiled: &mut Compiled, vm: &Vm) {
    let Some(forms) = compiled.forms.as_ref().filter(|_| compiled.debug_info) else {
        return;
    };
    let tree = Term::List(forms::to_terms(forms, Anno::LineColumn));
    let heap = Heap::new(&vm.env, HeapOptions::default());
    if let Ok(term) = terms::write(&heap, vm.atoms(), vm.code().cells(), &tree) {
        compiled.module.extra.push(ExtraChunk {
            name: "abstract_code".to_owned(),
            bytes: encode(vm.atoms(), term, EncodeOptions::default()),
        });
    }
}
