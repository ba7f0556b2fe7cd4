//! Environment variables of one VM: copied from the operating system's process at start, changed only here (changing the real
//! ones is not safe beside other threads), and given to the programs the VM starts.

use parking_lot::RwLock;
use std::collections::BTreeMap;

/// The variables.
pub struct Environment(RwLock<BTreeMap<String, String>>);

impl Default for Environment {
    fn default() -> Self {
        let all = std::env::vars_os().map(|(key, value)| {
            (
                key.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        });
        Environment(RwLock::new(all.collect()))
    }
}

impl Environment {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.read().get(name).cloned()
    }

    /// Gives a variable a value, for this VM and the programs it starts.
    pub fn set(&self, name: String, value: String) {
        self.0.write().insert(name, value);
    }

    /// Takes a variable away.
    pub fn unset(&self, name: &str) {
        self.0.write().remove(name);
    }

    /// All variables.
    pub fn all(&self) -> Vec<(String, String)> {
        self.0
            .read()
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }
}
