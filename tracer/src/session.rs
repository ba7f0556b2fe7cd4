//! Trace sessions: who owns them, how long they may live, what they count. Setting and clearing trace bits is the VM's
//! part; it tells a session of each, so that an ended one can be checked to have left nothing behind.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::limiter::{Config, Limiter, Reason, Totals};
use crate::redact::Redactor;

/// Whose death ends a session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A process, by the number the VM gives it.
    Process(u64),
    /// A connection of the control socket.
    Connection(u64),
    /// The legacy session of `erlang:trace/3`, which never dies.
    System,
}

/// One session.
#[derive(Debug)]
pub struct Session {
    pub id: u32,
    pub name: String,
    pub owner: Owner,
    pub limiter: Arc<Limiter>,
    pub redactor: Redactor,
    /// What was asked for, as text, in the order of the patterns' numbers (from 1).
    patterns: Mutex<Vec<String>>,
    /// Ends at that time of the coarse clock; 0: never.
    lease_until_ms: AtomicU64,
    /// Trace bits now set in code and processes.
    bits: AtomicI64,
    started_ms: u64,
}

impl Session {
    /// Adds a pattern and gives its number, which events carry.
    pub fn add_pattern(&self, text: &str) -> u32 {
        let mut patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        patterns.push(text.to_owned());
        u32::try_from(patterns.len()).unwrap_or(u32::MAX)
    }

    pub fn patterns(&self) -> Vec<String> {
        self.patterns
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Extends the lease to `until_ms` (0: for ever).
    pub fn renew(&self, until_ms: u64) {
        self.lease_until_ms.store(until_ms, Ordering::Relaxed);
    }

    /// Counts trace bits set (positive) or cleared (negative).
    pub fn bits_changed(&self, by: i64) {
        self.bits.fetch_add(by, Ordering::Relaxed);
    }

    /// Trace bits now set. An ended session that the VM has cleaned up has none.
    pub fn bits(&self) -> i64 {
        self.bits.load(Ordering::Relaxed)
    }

    pub fn totals(&self) -> Totals {
        self.limiter.totals()
    }

    pub fn age_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.started_ms)
    }

    fn lease_over(&self, now_ms: u64) -> bool {
        let until = self.lease_until_ms.load(Ordering::Relaxed);
        until != 0 && now_ms >= until
    }
}

/// All sessions of a VM.
#[derive(Debug, Default)]
pub struct Sessions {
    live: Mutex<Vec<Arc<Session>>>,
    next: AtomicU64,
}

impl Sessions {
    pub fn new() -> Sessions {
        Sessions::default()
    }

    /// Starts a session that lives until `lease_ms` have passed (`None`: no lease), its limits end it, or its owner dies.
    pub fn create(
        &self,
        name: &str,
        owner: Owner,
        config: Config,
        redactor: Redactor,
        lease_ms: Option<u64>,
        now_ms: u64,
    ) -> Arc<Session> {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let session = Arc::new(Session {
            id: u32::try_from(id).expect("fewer than four billion sessions"),
            name: name.to_owned(),
            owner,
            limiter: Limiter::new(config, now_ms),
            redactor,
            patterns: Mutex::new(Vec::new()),
            lease_until_ms: AtomicU64::new(lease_ms.map_or(0, |lease| now_ms + lease)),
            bits: AtomicI64::new(0),
            started_ms: now_ms,
        });
        self.lock().push(Arc::clone(&session));
        session
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Session>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, id: u32) -> Option<Arc<Session>> {
        self.lock().iter().find(|session| session.id == id).cloned()
    }

    /// Live sessions, oldest first.
    pub fn list(&self) -> Vec<Arc<Session>> {
        self.lock().clone()
    }

    /// Ends a session. The caller clears its trace bits.
    pub fn stop(&self, id: u32) -> Option<Arc<Session>> {
        self.take(|session| session.id == id, Reason::Stopped).pop()
    }

    /// Ends all sessions of an owner that died.
    pub fn owner_died(&self, owner: &Owner) -> Vec<Arc<Session>> {
        self.take(|session| session.owner == *owner, Reason::Stopped)
    }

    /// Ends sessions whose lease or time is over, and takes out those that their limits ended. To be called a few times
    /// a second.
    pub fn expire(&self, now_ms: u64) -> Vec<Arc<Session>> {
        let over = |session: &Session| {
            session.limiter.check_time(now_ms);
            session.lease_over(now_ms) || session.limiter.ended().is_some()
        };
        self.take(over, Reason::Time)
    }

    fn take(&self, mut wanted: impl FnMut(&Session) -> bool, reason: Reason) -> Vec<Arc<Session>> {
        let ended: Vec<Arc<Session>> = self
            .lock()
            .extract_if(.., |session| wanted(session))
            .collect();
        for session in &ended {
            session.limiter.end(reason);
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::{Owner, Sessions};
    use crate::limiter::{Config, Reason};
    use crate::redact::Redactor;

    #[test]
    fn a_session_ends_with_its_owner_its_lease_or_its_limits() {
        let sessions = Sessions::new();
        let start = |owner, lease| {
            sessions.create(
                "s",
                owner,
                Config::recon_count(1),
                Redactor::default(),
                lease,
                1000,
            )
        };
        let owned = start(Owner::Process(7), None);
        let leased = start(Owner::Connection(1), Some(500));
        let limited = start(Owner::System, None);
        assert_eq!(sessions.list().len(), 3);
        assert_eq!(owned.add_pattern("m:f"), 1);
        assert_eq!(owned.add_pattern("m:g"), 2);

        let ended = sessions.owner_died(&Owner::Process(7));
        assert_eq!(
            (ended.len(), ended[0].limiter.ended()),
            (1, Some(Reason::Stopped))
        );

        assert!(sessions.expire(1400).is_empty());
        leased.renew(2000);
        assert!(sessions.expire(1500).is_empty());
        assert_eq!(sessions.expire(2000)[0].id, leased.id);

        limited.limiter.end(Reason::Count);
        assert_eq!(
            sessions.expire(2001)[0].limiter.ended(),
            Some(Reason::Count)
        );
        assert!(sessions.list().is_empty() && sessions.get(owned.id).is_none());
    }
}
