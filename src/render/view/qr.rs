//! An address as a QR code: a drawing of one path, for paper.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// Modules of white around the code, as the standard asks.
const QUIET: usize = 4;

/// A QR code, ready to be drawn.
#[derive(Debug, Serialize)]
pub struct Qr {
    /// What it holds.
    address: String,
    /// Its side in modules, the white around it included.
    side: usize,
    /// The dark modules as the data of an SVG path.
    path: String,
}

/// An address as a QR code; none where it is too long for one.
pub fn qr(address: &str) -> Option<Qr> {
    // A quarter of the code may be dirty or torn: it hangs on a wall.
    let code = QrCode::with_error_correction_level(address, EcLevel::Q).ok()?;
    let width = code.width();
    Some(Qr { address: address.to_owned(), side: width + 2 * QUIET, path: path(&code.to_colors(), width) })
}

/// Rows of dark modules, neighbours as one stroke.
fn path(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let address = "https://congkhai.example.gov.vn/thu-tuc/ban-buon-ruou/";
        let drawn = qr(address).unwrap();
        let code = QrCode::with_error_correction_level(address, EcLevel::Q).unwrap();
        let dark = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let lengths = drawn.path.split('h').skip(1).filter_map(|part| part.split_once('v')?.0.parse::<usize>().ok());
        assert_eq!(lengths.sum::<usize>(), dark);
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "the first finder begins where the white ends");
        assert_eq!(drawn.side, code.width() + 8);
    }

    #[test]
    fn an_address_too_long_for_a_code_has_none() {
        assert!(qr(&"a".repeat(4000)).is_none());
    }
}
