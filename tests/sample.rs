//! The sample site as it is published: whether its links lead somewhere, its addresses are those that were promised, and its
//! pages say what they should, in every language.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

mod published;
