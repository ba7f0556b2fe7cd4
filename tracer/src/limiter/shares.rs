//! Fair shares: one hot function or process must not starve the rare one that is looked for.
//!
//! Each interval counts what every key matched. At its end the share of the next interval is the water level at which all
//! keys together just use up the rate: who matched less than the level gets all of it, who matched more gets the level.

/// Keys followed in one interval; those beyond share the last slot.
const SLOTS: usize = 256;

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    matched: u32,
    shown: u32,
}

#[derive(Debug)]
pub(super) struct Shares {
    slots: Vec<Slot>,
    used: Vec<u16>,
    share: u32,
}

impl Shares {
    pub fn new(limit: u32) -> Shares {
        Shares {
            slots: vec![Slot::default(); SLOTS + 1],
            used: Vec::with_capacity(SLOTS),
            share: limit,
        }
    }

    /// Counts a match of `key`; true if it is still within its share.
    pub fn admits(&mut self, key: u64) -> bool {
        let at = self.slot(key);
        let share = self.share;
        let slot = &mut self.slots[at];
        slot.matched = slot.matched.saturating_add(1);
        slot.shown < share
    }

    /// Counts matches that nobody asked about.
    pub fn add(&mut self, key: u64, count: u64) {
        let at = self.slot(key);
        let slot = &mut self.slots[at];
        slot.matched = slot
            .matched
            .saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
    }

    pub fn show(&mut self, key: u64) {
        let at = self.slot(key);
        self.slots[at].shown += 1;
    }

    /// Ends the interval: what each key matched in it.
    pub fn take(&mut self) -> Vec<(u64, u32)> {
        let take = |at: u16| {
            let slot = std::mem::take(&mut self.slots[usize::from(at)]);
            (slot.key, slot.matched)
        };
        self.used.drain(..).map(take).collect()
    }

    /// Begins the next one, from what all keys matched, ascending.
    pub fn begin(&mut self, counts: &[u32], limit: u32) {
        self.share = water_level(counts, limit).max(1);
    }

    fn slot(&mut self, key: u64) -> usize {
        // Zero marks a free slot.
        let key = key | 1 << 63;
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize % SLOTS;
        for _ in 0..8 {
            if self.slots[at].key == key {
                return at;
            }
            if self.slots[at].key == 0 {
                self.slots[at].key = key;
                self.used.push(u16::try_from(at).expect("a slot number"));
                return at;
            }
            at = (at + 1) % SLOTS;
        }
        if self.slots[SLOTS].key == 0 {
            self.slots[SLOTS].key = key;
            self.used.push(u16::try_from(SLOTS).expect("a slot number"));
        }
        SLOTS
    }
}

/// The level `s` at which the sum of `min(count, s)` over `counts` (ascending) reaches `limit`.
fn water_level(counts: &[u32], limit: u32) -> u32 {
    let mut left = limit;
    for (at, count) in counts.iter().enumerate() {
        let sharers = u32::try_from(counts.len() - at).expect("at most as many keys as slots");
        let level = left / sharers;
        if *count >= level {
            return level;
        }
        left -= count;
    }
    limit
}

#[cfg(test)]
mod tests {
    use super::water_level;

    #[test]
    fn the_small_get_all_and_the_large_share_the_rest() {
        assert_eq!(water_level(&[], 100), 100);
        assert_eq!(water_level(&[1, 1_000_000], 100), 99);
        assert_eq!(water_level(&[10, 20, 500, 500], 100), 35);
        assert_eq!(water_level(&[50, 50], 100), 50);
        assert_eq!(water_level(&[1000; 200], 100), 0);
    }
}
