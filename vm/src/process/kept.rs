//! Whose state a process keeps, for reloading: the module and which version of it last made or converted the state.

use super::ProcessBody;
use crate::atoms::Atom;

/// A state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptState {
    /// The callback module.
    pub module: Atom,
    /// `gen_server`, `gen_statem`, `gen_event`, `supervisor`; `undefined` when no behaviour has noted it.
    pub behaviour: Atom,
    /// The version of the module; 0: unknown.
    pub version: u32,
}

impl ProcessBody {
    /// Notes a state in place of the one there was.
    pub fn keep_state(&self, state: KeptState) {
        self.kept.set(Some(state));
    }

    /// Notes one of several states: an event manager keeps one for each handler's module.
    pub fn keep_state_too(&self, state: KeptState) {
        self.with_extra(|extra| {
            extra.handlers.retain(|s| s.module != state.module);
            extra.handlers.push(state);
        });
    }

    /// The process keeps no state of the module any more.
    pub fn drop_state(&self, module: Atom) {
        if self.kept.get().is_some_and(|s| s.module == module) {
            self.kept.set(None);
        }
        self.if_extra(|extra| extra.handlers.retain(|s| s.module != module));
    }

    /// All that is noted.
    pub fn kept_states(&self) -> Vec<KeptState> {
        let mut all: Vec<KeptState> = self.kept.get().into_iter().collect();
        self.if_extra(|extra| all.extend_from_slice(&extra.handlers));
        all
    }
}
