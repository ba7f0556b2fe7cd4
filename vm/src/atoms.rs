//! Atoms: an index into the table of one VM; the common ones are constants.
