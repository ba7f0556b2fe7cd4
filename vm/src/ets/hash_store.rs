//! The store of `set`, `bag` and `duplicate_bag` tables: stripes with a lock each, buckets in hash order.

use smallvec::SmallVec;

use super::lock::Lock;
use crate::heap::{OwnedTerm, Term, eq_exact, hash};

/// Locks of one table. Two cores seldom meet on 16; a table costs 16 small vectors.
const STRIPES: usize = 16;
const STRIPE_BITS: u32 = 4;

/// Entries a bucket holds on average before the stripe grows.
const LOAD: usize = 4;

/// All objects of one key.
pub struct Entry {
    hash: u64,
    /// At least one; more only in bags, oldest first.
    pub objects: SmallVec<[OwnedTerm; 1]>,
}

#[derive(Default)]
struct Stripe {
    /// A power of two, or none before the first insertion. Entries of a bucket are in hash order.
    buckets: Vec<Vec<Entry>>,
    entries: usize,
}

/// See the file.
pub struct HashStore {
    key_index: usize,
    stripes: [Lock<Stripe>; STRIPES],
}

/// A place in the walk through a table: everything up to and including this hash of this stripe is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    stripe: usize,
    hash: Option<u64>,
}

impl Place {
    /// Before the first entry.
    pub const START: Place = Place {
        stripe: 0,
        hash: None,
    };

    /// For a continuation: the stripe, and the hash that is done in it.
    pub fn parts(self) -> (usize, Option<u64>) {
        (self.stripe, self.hash)
    }

    /// A place that was written down. Whatever the numbers, a walk from there stays within the table.
    pub fn of_parts(stripe: usize, hash: Option<u64>) -> Place {
        Place { stripe, hash }
    }
}

/// The key of an object, at a 0-based index.
pub fn key_of(object: &OwnedTerm, index: usize) -> Term<'_> {
    object
        .term()
        .as_tuple()
        .and_then(|t| t.get(index))
        .unwrap_or(Term::NIL)
}

impl Stripe {
    /// The bucket of a hash: its highest bits behind the stripe's, so that doubling splits buckets without changing the order.
    fn bucket(&self, hash: u64) -> usize {
        match self.buckets.len() {
            0 | 1 => 0,
            n => (hash << STRIPE_BITS >> (64 - n.trailing_zeros())) as usize,
        }
    }

    fn find(&self, hash: u64, key: Term<'_>, index: usize) -> Option<(usize, usize)> {
        let b = self.bucket(hash);
        let at = self
            .buckets
            .get(b)?
            .iter()
            .position(|e| e.hash == hash && eq_exact(key_of(&e.objects[0], index), key))?;
        Some((b, at))
    }

    fn add(&mut self, entry: Entry) {
        if self.entries >= self.buckets.len() * LOAD {
            self.grow();
        }
        let b = self.bucket(entry.hash);
        let bucket = &mut self.buckets[b];
        let at = bucket.partition_point(|e| e.hash <= entry.hash);
        bucket.insert(at, entry);
        self.entries += 1;
    }

    fn grow(&mut self) {
        let len = (self.buckets.len() * 2).max(1);
        let old = std::mem::replace(&mut self.buckets, (0..len).map(|_| Vec::new()).collect());
        for entry in old.into_iter().flatten() {
            let b = self.bucket(entry.hash);
            // Old buckets come in order, so pushing keeps each new one in order.
            self.buckets[b].push(entry);
        }
    }

    /// The entries with the smallest hash above `after`, as bucket and range.
    fn next_group(&self, after: Option<u64>) -> Option<(usize, std::ops::Range<usize>)> {
        let first = after.map_or(0, |h| self.bucket(h));
        for b in first..self.buckets.len() {
            let bucket = &self.buckets[b];
            let from = after.map_or(0, |h| bucket.partition_point(|e| e.hash <= h));
            if let Some(entry) = bucket.get(from) {
                let to = bucket.partition_point(|e| e.hash <= entry.hash);
                return Some((b, from..to));
            }
        }
        None
    }
}

impl HashStore {
    /// An empty store whose keys are at this 0-based index, mostly read or not.
    pub fn new(key_index: usize, many_readers: bool) -> HashStore {
        HashStore {
            key_index,
            stripes: std::array::from_fn(|_| Lock::new(many_readers)),
        }
    }

    fn stripe_of(hash: u64) -> usize {
        (hash >> (64 - STRIPE_BITS)) as usize
    }

    /// Looks at the objects of a key.
    pub fn get<R>(&self, key: Term<'_>, look: impl FnOnce(&[OwnedTerm]) -> R) -> R {
        let h = hash::internal(key);
        let stripe = self.stripes[Self::stripe_of(h)].read();
        match stripe.find(h, key, self.key_index) {
            Some((b, at)) => look(&stripe.buckets[b][at].objects),
            None => look(&[]),
        }
    }

    /// Changes the objects of a key under the lock; leaving none removes the key.
    pub fn update<R>(
        &self,
        key: Term<'_>,
        change: impl FnOnce(&mut SmallVec<[OwnedTerm; 1]>) -> R,
    ) -> R {
        let h = hash::internal(key);
        let mut stripe = self.stripes[Self::stripe_of(h)].write();
        match stripe.find(h, key, self.key_index) {
            Some((b, at)) => {
                let result = change(&mut stripe.buckets[b][at].objects);
                if stripe.buckets[b][at].objects.is_empty() {
                    stripe.buckets[b].remove(at);
                    stripe.entries -= 1;
                }
                result
            }
            None => {
                let mut objects = SmallVec::new();
                let result = change(&mut objects);
                if !objects.is_empty() {
                    stripe.add(Entry { hash: h, objects });
                }
                result
            }
        }
    }

    /// Changes the first object of a key where it lies, under the lock. Its key must stay.
    pub fn change<R>(&self, key: Term<'_>, change: impl FnOnce(&mut OwnedTerm) -> R) -> Option<R> {
        let h = hash::internal(key);
        let mut stripe = self.stripes[Self::stripe_of(h)].write();
        let (b, at) = stripe.find(h, key, self.key_index)?;
        stripe.buckets[b][at].objects.first_mut().map(change)
    }

    /// Removes everything.
    pub fn clear(&self) {
        self.stripes.iter().for_each(Lock::reset);
    }

    /// Looks at the next group of entries (those that share the next hash) and moves on; `None` at the end.
    pub fn walk<R>(&self, place: &mut Place, look: impl FnOnce(&[Entry]) -> R) -> Option<R> {
        while place.stripe < STRIPES {
            let stripe = self.stripes[place.stripe].read();
            if let Some((b, range)) = stripe.next_group(place.hash) {
                place.hash = Some(stripe.buckets[b][range.start].hash);
                return Some(look(&stripe.buckets[b][range]));
            }
            *place = Place {
                stripe: place.stripe + 1,
                hash: None,
            };
        }
        None
    }

    /// The objects of the key behind `key` in the walk; `Err` when `key` is not in the table and (asked only then) must be.
    pub fn after<R>(
        &self,
        key: Term<'_>,
        must_exist: impl FnOnce() -> bool,
        look: impl FnOnce(Option<&[OwnedTerm]>) -> R,
    ) -> Result<R, ()> {
        let h = hash::internal(key);
        let s = Self::stripe_of(h);
        {
            let stripe = self.stripes[s].read();
            match stripe.find(h, key, self.key_index) {
                Some((b, at)) => {
                    if let Some(next) = stripe.buckets[b].get(at + 1) {
                        return Ok(look(Some(&next.objects)));
                    }
                }
                None if must_exist() => return Err(()),
                None => {}
            }
        }
        let mut place = Place {
            stripe: s,
            hash: Some(h),
        };
        let mut look = Some(look);
        let found = self.walk(&mut place, |entries| {
            look.take()
                .map(|l| l(entries.first().map(|e| e.objects.as_slice())))
        });
        match (found.flatten(), look) {
            (Some(r), _) => Ok(r),
            (None, Some(look)) => Ok(look(None)),
            (None, None) => Err(()),
        }
    }
}
