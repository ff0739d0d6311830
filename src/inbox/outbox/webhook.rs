//! Webhooks as Standard Webhooks has them: an ID that stays the same over all tries, a moment, and a signature over both and
//! the body. No redirects are followed.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;

use crate::inbox::config::Webhook;
use crate::inbox::outbox::private::PublicOnly;
use crate::inbox::store::Letter;

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Posts a letter. Any answer but 2xx is a failure.
pub fn post(hook: &Webhook, letter: &Letter, now: i64) -> Result<(), String> {
    let id = format!("msg_{}", letter.id);
    let signature = sign(&hook.secret, &id, now, &letter.body).ok_or("the secret is not of the form `whsec_…`")?;
    let answer = agent(hook)
        .post(&hook.url)
        .header("content-type", "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", now.to_string())
        .header("webhook-signature", signature)
        .send(&letter.body);
    match answer.map(|answer| answer.status()) {
        Ok(status) if status.is_success() => Ok(()),
        Ok(status) => Err(format!("status {}", status.as_u16())),
        Err(error) => Err(error.to_string()),
    }
}

fn agent(hook: &Webhook) -> Agent {
    let config = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        // A proxy would resolve the name again, and might reach what may not be reached.
        .proxy(None)
        .user_agent("minhbach inbox")
        .build();
    if hook.private {
        config.into()
    } else {
        Agent::with_parts(config, DefaultConnector::default(), PublicOnly::default())
    }
}

/// `v1,…`, where the secret is one.
pub fn sign(secret: &str, id: &str, moment: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{moment}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_the_standard_shows() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signature = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signature.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(sign("secret", "a", 1, "b"), None);
    }
}
