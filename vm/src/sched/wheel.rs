//! A hierarchical timer wheel: one per scheduler, ticks of a millisecond.
//!
//! ```text
//!  level 0: 256 slots of 1 ms      level 1: 64 slots of 256 ms     level 2: 64 of 16 s     level 3: 64 of 17 min
//!  level 4: 64 of 18 h             level 5: 64 of 48 days          beyond (8 years): the last slot, sorted in again
//! ```
//! Entries live in a slab and form doubly linked lists by index, so that insert and cancel take constant time and a
//! cancelled timer leaves nothing behind. Turning the wheel skips empty stretches by a bitmap of level 0 and by cascades.

use std::num::NonZeroU32;

const NEAR_BITS: u32 = 8;
const FAR_BITS: u32 = 6;
const FAR_LEVELS: u32 = 5;
const NEAR: usize = 1 << NEAR_BITS;
const FAR: usize = 1 << FAR_BITS;
const SLOTS: usize = NEAR + FAR * FAR_LEVELS as usize;
const NONE: u32 = u32::MAX;
/// The longest distance the wheel can sort exactly; longer ones are sorted in again on the way.
const HORIZON: u64 = 1 << (NEAR_BITS + FAR_BITS * FAR_LEVELS);

/// Names an entry; a fired or cancelled one no longer matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimerKey {
    index: u32,
    generation: NonZeroU32,
}

struct Entry<T> {
    due: u64,
    next: u32,
    prev: u32,
    slot: u32,
    generation: NonZeroU32,
    payload: Option<T>,
}

/// The wheel. Time is counted in ticks from an origin the owner chooses.
pub struct Wheel<T> {
    now: u64,
    heads: Box<[u32]>,
    near_bits: [u64; NEAR / 64],
    entries: Vec<Entry<T>>,
    free: u32,
    count: usize,
}

impl<T> Wheel<T> {
    /// An empty wheel at a tick.
    pub fn new(now: u64) -> Self {
        Wheel {
            now,
            heads: vec![NONE; SLOTS].into_boxed_slice(),
            near_bits: [0; NEAR / 64],
            entries: Vec::new(),
            free: NONE,
            count: 0,
        }
    }

    /// Timers in it.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a timer due at this tick (a past one fires at the next turn).
    pub fn insert(&mut self, due: u64, payload: T) -> TimerKey {
        let index = match self.free {
            NONE => {
                let index = u32::try_from(self.entries.len()).expect("fewer than 2^32 timers");
                self.entries.push(Entry {
                    due,
                    next: NONE,
                    prev: NONE,
                    slot: NONE,
                    generation: NonZeroU32::MIN,
                    payload: Some(payload),
                });
                index
            }
            index => {
                let entry = &mut self.entries[index as usize];
                self.free = entry.next;
                entry.due = due;
                entry.payload = Some(payload);
                index
            }
        };
        self.link(index);
        self.count += 1;
        TimerKey {
            index,
            generation: self.entries[index as usize].generation,
        }
    }

    /// When the timer is due, if it still runs.
    pub fn due(&self, key: TimerKey) -> Option<u64> {
        self.live(key).map(|entry| entry.due)
    }

    /// What the timer carries, if it still runs.
    pub fn payload(&self, key: TimerKey) -> Option<&T> {
        self.live(key).and_then(|entry| entry.payload.as_ref())
    }

    fn live(&self, key: TimerKey) -> Option<&Entry<T>> {
        self.entries
            .get(key.index as usize)
            .filter(|entry| entry.generation == key.generation && entry.payload.is_some())
    }

    /// Removes a running timer.
    pub fn cancel(&mut self, key: TimerKey) -> Option<(u64, T)> {
        let due = self.live(key)?.due;
        self.unlink(key.index);
        Some((due, self.release(key.index)))
    }

    /// The earliest tick at which something may be due; exact within the next 256 ticks, else a lower bound.
    pub fn next_due(&self) -> Option<u64> {
        if self.count == 0 {
            return None;
        }
        let near = (0..NEAR as u64).map(|d| self.now + d).find(|tick| {
            let slot = (*tick as usize) & (NEAR - 1);
            self.near_bits[slot / 64] >> (slot % 64) & 1 == 1
        });
        // The next cascade may bring something in that is earlier than a near slot after the turn of level 0.
        let cascade = self.now.next_multiple_of(NEAR as u64);
        Some(near.map_or(cascade, |near| near.min(cascade)).max(self.now))
    }

    /// Turns to `now` and gives out everything that became due (up to and including `now`), in order of tick.
    pub fn turn(&mut self, now: u64, mut fire: impl FnMut(u64, T)) {
        while self.now <= now {
            if self.count == 0 {
                self.now = now + 1;
                return;
            }
            let slot = (self.now as usize) & (NEAR - 1);
            if slot == 0 {
                self.cascade();
            }
            while self.heads[slot] != NONE {
                let index = self.heads[slot];
                self.unlink(index);
                let due = self.entries[index as usize].due;
                fire(due, self.release(index));
            }
            self.now = self.skip_to(now);
        }
    }

    /// The next tick worth looking at, not beyond `limit + 1`.
    fn skip_to(&self, limit: u64) -> u64 {
        let boundary = (self.now | (NEAR as u64 - 1)) + 1;
        let mut tick = self.now + 1;
        while tick < boundary && tick <= limit {
            let slot = (tick as usize) & (NEAR - 1);
            let rest = self.near_bits[slot / 64] >> (slot % 64);
            if rest != 0 {
                return (tick + u64::from(rest.trailing_zeros())).min(limit + 1);
            }
            tick += 64 - (slot % 64) as u64;
        }
        tick.min(boundary).min(limit + 1)
    }

    /// Level 0 begins anew: brings the entries of the coarser slots that begin now one level (or more) nearer.
    fn cascade(&mut self) {
        for level in 0..FAR_LEVELS {
            let position = (self.now >> (NEAR_BITS + FAR_BITS * level)) as usize & (FAR - 1);
            let slot = NEAR + FAR * level as usize + position;
            let mut index = std::mem::replace(&mut self.heads[slot], NONE);
            while index != NONE {
                let next = self.entries[index as usize].next;
                self.link(index);
                index = next;
            }
            if position != 0 {
                break;
            }
        }
    }

    fn slot_for(&self, due: u64) -> usize {
        let due = due.max(self.now).min(self.now + HORIZON - 1);
        let distance = due - self.now;
        if distance < NEAR as u64 {
            return due as usize & (NEAR - 1);
        }
        let mut level = 0;
        while level + 1 < FAR_LEVELS && distance >= 1 << (NEAR_BITS + FAR_BITS * (level + 1)) {
            level += 1;
        }
        NEAR + FAR * level as usize + ((due >> (NEAR_BITS + FAR_BITS * level)) as usize & (FAR - 1))
    }

    fn link(&mut self, index: u32) {
        let slot = self.slot_for(self.entries[index as usize].due);
        let head = self.heads[slot];
        let (next, prev) = if head == NONE {
            (NONE, NONE)
        } else {
            (head, NONE)
        };
        if next != NONE {
            self.entries[next as usize].prev = index;
        }
        let entry = &mut self.entries[index as usize];
        (entry.next, entry.prev, entry.slot) = (next, prev, slot as u32);
        self.heads[slot] = index;
        if slot < NEAR {
            self.near_bits[slot / 64] |= 1 << (slot % 64);
        }
    }

    fn unlink(&mut self, index: u32) {
        let (next, prev, slot) = {
            let entry = &self.entries[index as usize];
            (entry.next, entry.prev, entry.slot as usize)
        };
        if prev == NONE {
            self.heads[slot] = next;
        } else {
            self.entries[prev as usize].next = next;
        }
        if next != NONE {
            self.entries[next as usize].prev = prev;
        }
        if slot < NEAR && self.heads[slot] == NONE {
            self.near_bits[slot / 64] &= !(1 << (slot % 64));
        }
    }

    fn release(&mut self, index: u32) -> T {
        let entry = &mut self.entries[index as usize];
        entry.generation = entry.generation.checked_add(1).unwrap_or(NonZeroU32::MIN);
        entry.next = self.free;
        self.free = index;
        self.count -= 1;
        entry.payload.take().expect("a linked entry has a payload")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fired(wheel: &mut Wheel<u64>, to: u64) -> Vec<u64> {
        let mut out = Vec::new();
        wheel.turn(to, |_, payload| out.push(payload));
        out
    }

    #[test]
    fn fires_at_its_tick_over_all_levels() {
        for distance in [
            0,
            1,
            255,
            256,
            257,
            16_383,
            16_384,
            1 << 20,
            (1 << 26) + 5,
            (1 << 32) + 77,
            HORIZON + 1234,
        ] {
            let start = 1_000_003;
            let mut wheel = Wheel::new(start);
            wheel.insert(start + distance, distance);
            if distance > 0 {
                assert_eq!(
                    fired(&mut wheel, start + distance - 1),
                    [],
                    "{distance} is not early"
                );
            }
            assert_eq!(
                fired(&mut wheel, start + distance),
                [distance],
                "{distance} is not late"
            );
            assert!(wheel.is_empty());
        }
    }

    #[test]
    fn agrees_with_a_sorted_list() {
        let mut seed = 12345u64;
        let mut random = move || {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            seed >> 33
        };
        let mut wheel = Wheel::new(0);
        let mut now = 0;
        let mut model: Vec<(u64, u64)> = Vec::new();
        let mut keys = Vec::new();
        for id in 0..4_000u64 {
            let due = now + random() % (1 << (random() % 24));
            keys.push((id, wheel.insert(due, id)));
            model.push((due, id));
            if random() % 3 == 0 {
                let (gone, key) = keys.swap_remove(random() as usize % keys.len());
                let known = model.iter().position(|(_, id)| *id == gone);
                assert_eq!(
                    wheel.cancel(key).map(|(_, id)| id),
                    known.map(|at| model.swap_remove(at).1)
                );
            }
            if random() % 4 == 0 {
                let to = now + random() % 3_000;
                let mut out = fired(&mut wheel, to);
                now = to + 1;
                let mut expected: Vec<u64> = model
                    .iter()
                    .filter(|(due, _)| *due <= to)
                    .map(|(_, id)| *id)
                    .collect();
                model.retain(|(due, _)| *due > to);
                out.sort_unstable();
                expected.sort_unstable();
                assert_eq!(out, expected);
            }
            assert_eq!(wheel.len(), model.len());
            if let (Some(bound), Some(first)) =
                (wheel.next_due(), model.iter().map(|(due, _)| *due).min())
            {
                assert!(bound <= first.max(now), "bound {bound} first {first}");
            }
        }
    }

    #[test]
    fn a_fired_key_means_nothing() {
        let mut wheel = Wheel::new(0);
        let key = wheel.insert(5, 1);
        assert_eq!(wheel.due(key), Some(5));
        assert_eq!(fired(&mut wheel, 10), [1]);
        assert_eq!(wheel.cancel(key), None);
        let again = wheel.insert(20, 2);
        assert_eq!(wheel.due(key), None);
        assert_eq!(wheel.cancel(again), Some((20, 2)));
    }
}
