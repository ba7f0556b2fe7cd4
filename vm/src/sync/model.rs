//! Model checks: every interleaving of a few senders and one owner. Run with
//! `RUSTFLAGS="--cfg loom" cargo test -p transom-vm --lib sync::model --target-dir target/loom`.

use super::inbox::Inbox;
use super::run_right::{RunCell, Wake};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

/// A process with its inbox and the number of entries that stand for it in run queues.
struct Model {
    inbox: Inbox<u32>,
    cell: RunCell<u32>,
    entries: AtomicUsize,
}

impl Model {
    fn waiting() -> Arc<Model> {
        let model = Model {
            inbox: Inbox::closed(),
            cell: RunCell::free(0),
            entries: AtomicUsize::new(0),
        };
        model.inbox.open(1);
        let wake = model.cell.occupy(1, 1).release(Some(false));
        assert_eq!(wake, Wake::No);
        Arc::new(model)
    }

    fn owe(&self, wake: Wake) {
        if let Wake::Enqueue(_) = wake {
            let before = self.entries.fetch_add(1, Ordering::AcqRel);
            assert!(before <= 1, "at most one live and one used-up entry");
        }
    }

    fn send(&self, value: u32) {
        if self.inbox.push(1, value) == Ok(true) {
            self.owe(self.cell.signal(1));
        }
    }

    /// A scheduler: takes an entry if there is one, handles signals, waits again.
    fn schedule(&self) {
        if self.entries.load(Ordering::Acquire) == 0 {
            return;
        }
        self.entries.fetch_sub(1, Ordering::AcqRel);
        if let Some(mut right) = self.cell.pick(1) {
            right.clear_signals();
            *right += self.inbox.take(1).count() as u32;
            self.owe(right.release(Some(false)));
        }
    }

    fn finish(&self, expected: u32) {
        for _ in 0..4 {
            self.schedule();
        }
        let right = self.cell.try_take(1).expect("nobody runs it");
        assert_eq!(
            *right, expected,
            "a message was left behind with nobody to look"
        );
        let _ = right.release(None);
    }
}

#[test]
fn no_message_is_left_without_a_wake() {
    loom::model(|| {
        let model = Model::waiting();
        let senders: Vec<_> = (0..2)
            .map(|n| {
                let model = model.clone();
                thread::spawn(move || model.send(n))
            })
            .collect();
        model.schedule();
        senders.into_iter().for_each(|t| t.join().expect("sender"));
        model.finish(2);
    });
}

#[test]
fn a_borrower_and_a_wake_do_not_lose_each_other() {
    loom::model(|| {
        let model = Model::waiting();
        let sender = {
            let model = model.clone();
            thread::spawn(move || model.send(1))
        };
        let scheduler = {
            let model = model.clone();
            thread::spawn(move || model.schedule())
        };
        if let Some(right) = model.cell.try_take(1) {
            model.owe(right.release(None));
        }
        sender.join().expect("sender");
        scheduler.join().expect("scheduler");
        model.finish(1);
    });
}

#[test]
fn a_push_races_with_the_end() {
    loom::model(|| {
        let model = Model::waiting();
        let sender = {
            let model = model.clone();
            thread::spawn(move || model.inbox.push(1, 5).is_ok())
        };
        let left = model.inbox.close().count();
        model.inbox.open(2);
        let arrived = sender.join().expect("sender");
        assert_eq!(
            left,
            usize::from(arrived),
            "taken by the closer or refused, never lost or given to the next tenant"
        );
        assert_eq!(model.inbox.take(2).count(), 0);
    });
}
