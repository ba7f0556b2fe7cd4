//! What formatters may ask about the running VM.

use std::sync::Arc;

use transom_pretty::{CharRange, Records};
use transom_tracer::style::{Identity, World};

use super::records::SessionRecords;
use crate::process::links::Peer;
use crate::vm::Vm;

/// The VM of a formatter thread, while it formats a batch.
pub struct VmWorld<'a> {
    pub vm: &'a Vm,
    pub records: &'a Arc<SessionRecords>,
}

/// `<0.N.M>` as a pid.
pub fn parse_pid(text: &str) -> Option<crate::heap::Pid> {
    let mut parts = text.strip_prefix("<0.")?.strip_suffix('>')?.split('.');
    let (slot, serial) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts
        .next()
        .is_none()
        .then(|| crate::heap::Pid::new(slot, serial))
}

impl World for VmWorld<'_> {
    fn utc_offset_s(&self, wall_us: i64) -> i64 {
        crate::sched::calendar::offset_s(wall_us.div_euclid(1_000_000))
    }

    fn identity(&self, pid: &str) -> Identity {
        let Some(pid) = parse_pid(pid) else {
            return Identity::Dead;
        };
        if let Some(name) = self.vm.registry.name_of(Peer::Process(pid)) {
            return Identity::Registered(self.vm.atoms().text(name).to_owned());
        }
        match super::identities::initial_call(self.vm, pid) {
            Some(mfa) => Identity::Initial(
                self.vm.atoms().text(mfa.module).to_owned(),
                self.vm.atoms().text(mfa.function).to_owned(),
                usize::from(mfa.arity),
            ),
            None => Identity::Dead,
        }
    }

    fn node(&self) -> String {
        self.vm.options.node.clone()
    }

    fn printable(&self) -> CharRange {
        CharRange::Unicode
    }

    fn records(&self) -> &dyn Records {
        &**self.records
    }
}
