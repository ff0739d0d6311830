//! ASCII slugs.
