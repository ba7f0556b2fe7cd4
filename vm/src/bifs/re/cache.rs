//! Compiled patterns of one VM by their portable form. A pattern that is used again and again is compiled once more to machine code.

use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use transom_re::{CompileError, Regex};

use super::pattern::Portable;

/// Patterns kept. When there are more, those not used since the last time go.
const KEPT: usize = 2_000;
/// Uses after which machine code pays for itself: making it takes about as long as ten short searches.
const FAST_AFTER: u32 = 12;

struct Entry {
    regex: RwLock<Arc<Regex>>,
    uses: AtomicU32,
    recent: AtomicBool,
}

/// See the module.
#[derive(Default)]
pub struct PatternCache {
    entries: RwLock<HashMap<Vec<u8>, Arc<Entry>>>,
}

impl PatternCache {
    /// The pattern of that portable form, compiled if need be.
    pub fn get(&self, portable: &Portable<'_>) -> Result<Arc<Regex>, CompileError> {
        let found = self.entries.read().get(portable.bytes()).cloned();
        if let Some(entry) = found {
            entry.recent.store(true, Ordering::Relaxed);
            if entry.uses.fetch_add(1, Ordering::Relaxed) == FAST_AFTER
                && let Ok(regex) = Regex::new(portable.text(), &portable.settings(), true)
            {
                *entry.regex.write() = Arc::new(regex);
            }
            return Ok(entry.regex.read().clone());
        }
        let regex = Arc::new(Regex::new(portable.text(), &portable.settings(), false)?);
        let entry = Arc::new(Entry {
            regex: RwLock::new(regex.clone()),
            uses: AtomicU32::new(0),
            recent: AtomicBool::new(true),
        });
        let mut entries = self.entries.write();
        if entries.len() >= KEPT {
            entries.retain(|_, e| e.recent.swap(false, Ordering::Relaxed));
            // All of them in use: a program that makes patterns without end.
            if entries.len() >= KEPT {
                entries.clear();
            }
        }
        entries.insert(portable.bytes().to_vec(), entry);
        Ok(regex)
    }
}
