//! `_headers`: what a web server says beside each file, in the form that Netlify, Cloudflare Pages and others read. The same
//! for nginx, Apache and Caddy is in `docs/servers.md`.
//!
//! Pages have no inline script or style and load nothing from another host, so the policy allows neither. A form may be sent
//! to the site itself and to where the feedback hook sends it.

use std::fmt::Write;

use crate::plan::Plan;
use crate::record::config::Hook;
use crate::site::Site;

/// For every file, beside the policy.
const COMMON: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The rules of a site.
pub fn headers(site: &Site, plan: &Plan) -> String {
    let base = &plan.base_path;
    let mut everywhere = vec![("Content-Security-Policy", policy(site))];
    everywhere.extend(COMMON.iter().map(|(name, value)| (*name, (*value).to_owned())));
    if is_secure(site) {
        everywhere.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    if site.config.staging == Some(true) {
        everywhere.push(("X-Robots-Tag", "noindex".to_owned()));
    }
    let mut out = String::new();
    rule(&mut out, &format!("{base}/*"), &everywhere);
    // The names of these files carry a hash of what they hold.
    let forever = ("Cache-Control", "public, max-age=31536000, immutable".to_owned());
    rule(&mut out, &format!("{base}/assets/*"), &[forever]);
    if site.config.makes(|outputs| outputs.open_data) {
        let anybody = ("Access-Control-Allow-Origin", "*".to_owned());
        rule(&mut out, &format!("{base}/data/*"), &[anybody]);
    }
    out
}

fn rule(out: &mut String, path: &str, headers: &[(&str, String)]) {
    writeln!(out, "{path}").expect("writing to a string cannot fail");
    for (name, value) in headers {
        writeln!(out, "  {name}: {value}").expect("writing to a string cannot fail");
    }
}

/// The Content-Security-Policy of every page.
fn policy(site: &Site) -> String {
    let form = form_target(site).map_or(String::new(), |origin| format!(" {origin}"));
    let upgrade = if is_secure(site) { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; form-action 'self'{form}; base-uri 'none'; frame-ancestors 'none'; object-src 'none'{upgrade}"
    )
}

/// The host to which the feedback form is sent, where it is sent at all.
fn form_target(site: &Site) -> Option<&str> {
    let feedback = site.config.feedback.as_ref()?;
    let endpoint: &str = feedback.endpoint.as_ref().filter(|_| matches!(feedback.hook(), Hook::Inbox | Hook::Url))?;
    let start = endpoint.find("://")? + 3;
    let host = endpoint[start..].find(['/', '?', '#']).map_or(endpoint.len(), |end| start + end);
    Some(&endpoint[..host])
}

fn is_secure(site: &Site) -> bool {
    site.config.base_url.starts_with("https://")
}
