//! `.well-known/security.txt`: to whom a fault in the site's security is told (RFC 9116). Only where it is configured.

use crate::output::moment::Moment;
use crate::plan::{Plan, SECURITY};
use crate::record::config::Security;
use crate::site::Site;

/// The file, for the site's configuration.
pub fn security(site: &Site, plan: &Plan, security: &Security) -> String {
    let contact: &str = &security.contact;
    let is_mail = contact.contains('@') && !contact.contains(':');
    let contact = if is_mail { format!("mailto:{contact}") } else { contact.to_owned() };
    let expires = Moment::end(site, security.expires).utc();
    let (languages, canonical) = (site.config.languages().join(", "), plan.url(SECURITY));
    format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: {languages}\nCanonical: {canonical}\n")
}
