//! More files than pages: pure, the same way.
