//! What many pages share and not every build needs: made when the first page asks for it.

use std::sync::OnceLock;

use crate::output::data::Measured;
use crate::render::view::Places;

/// What is made when the first page asks for it.
#[derive(Debug, Default)]
pub struct OnDemand {
    /// How large the tables of open data are.
    pub tables: OnceLock<Measured>,
    /// How contacts are reached.
    pub places: Places,
}
