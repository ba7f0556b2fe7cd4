//! What local funs point to: one entry per lambda of a loaded module, kept for the life of the VM.
//! Two loads of the same code share the entry, so funs of both are equal, as in Erlang.

use crate::atoms::Atom;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

/// A lambda: `fun module:-name/n-fun-i-` with `free` free variables.
#[repr(C, align(16))]
pub struct FunInfo {
    /// Entry of its code in the newest instance that has it; 0 when none is loaded. Owned by the code server.
    code: AtomicU64,
    /// A word of the code server's own beside `code` (module instance).
    owner: AtomicU64,
    pub module: Atom,
    /// Generated name of the function that holds the body.
    pub function: Atom,
    /// Arguments, free variables not counted.
    pub arity: u8,
    pub free: u16,
    pub index: u32,
    pub uniq: [u8; 16],
    pub old_uniq: u32,
    text: OnceLock<Box<str>>,
}

impl FunInfo {
    /// The record of a lambda whose code is not loaded yet.
    pub fn new(
        module: Atom,
        function: Atom,
        arity: u8,
        free: u16,
        index: u32,
        uniq: [u8; 16],
        old_uniq: u32,
    ) -> FunInfo {
        FunInfo {
            code: AtomicU64::new(0),
            owner: AtomicU64::new(0),
            module,
            function,
            arity,
            free,
            index,
            uniq,
            old_uniq,
            text: OnceLock::new(),
        }
    }
    /// How it prints, made once: traces print the same funs over and over.
    pub fn text(&self, make: impl FnOnce() -> String) -> &str {
        self.text.get_or_init(|| make().into_boxed_str())
    }
    /// Address of the entry word, 0 when no code is loaded.
    #[inline(always)]
    pub fn code(&self) -> u64 {
        self.code.load(Ordering::Acquire)
    }
    /// Another code address, for a new version of the module.
    pub fn set_code(&self, address: u64) {
        self.code.store(address, Ordering::Release);
    }
    /// Arity of the function that holds the body: free variables come behind the arguments.
    pub fn full_arity(&self) -> u8 {
        self.arity + self.free as u8
    }
    /// The word that says which instance of the module it belongs to.
    pub fn owner(&self) -> u64 {
        self.owner.load(Ordering::Acquire)
    }
    /// It belongs to another instance from now on.
    pub fn set_owner(&self, word: u64) {
        self.owner.store(word, Ordering::Release);
    }
}

/// A pointer to an entry of a [`FunTable`]; valid as long as the VM.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FunRef(pub(super) NonNull<FunInfo>);

// SAFETY: entries are immutable but for atomics and live as long as the table, which outlives all heaps of its VM.
unsafe impl Send for FunRef {}
// SAFETY: as above.
unsafe impl Sync for FunRef {}

impl std::ops::Deref for FunRef {
    type Target = FunInfo;
    #[inline(always)]
    fn deref(&self) -> &FunInfo {
        // SAFETY: the table keeps every entry in its own box until the VM ends.
        unsafe { self.0.as_ref() }
    }
}

/// All lambdas a VM ever loaded.
#[derive(Default)]
pub struct FunTable {
    // Boxed so that entries stay where they are while the list grows.
    #[allow(clippy::vec_box)]
    all: Mutex<(
        Vec<Box<FunInfo>>,
        hashbrown::HashMap<(u32, u32, [u8; 16], u32), usize>,
    )>,
}

impl FunTable {
    /// The entry with the same module, index and uniq, or this one put in.
    pub fn intern(&self, info: FunInfo) -> FunRef {
        let mut all = self.all.lock().unwrap_or_else(|e| e.into_inner());
        let key = (info.module.0, info.index, info.uniq, info.old_uniq);
        let (list, by_key) = &mut *all;
        let at = *by_key.entry(key).or_insert_with(|| {
            list.push(Box::new(info));
            list.len() - 1
        });
        FunRef(NonNull::from(&*list[at]))
    }

    /// The entry with these marks, if it was ever loaded.
    pub fn find(&self, module: Atom, index: u32, uniq: [u8; 16], old_uniq: u32) -> Option<FunRef> {
        let all = self.all.lock().unwrap_or_else(|e| e.into_inner());
        let at = *all.1.get(&(module.0, index, uniq, old_uniq))?;
        Some(FunRef(NonNull::from(&*all.0[at])))
    }
}
