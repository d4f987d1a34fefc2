//! Where the page of a goal is on the published site.

use crate::markdown::escape::{encode, encode_url};
use crate::model::slate::Slate;
use crate::text::ids::FileId;

/// The address of the page that the site makes of a file; none where it is not known where the site is.
pub(super) fn address(slate: &Slate, file: FileId) -> Option<String> {
    let site = slate.config.site.as_deref()?.trim_end_matches('/');
    let page = slate.page_of(file);
    let stem = page.get(..page.len().checked_sub(3)?)?;
    let stem = match stem.rsplit_once('/') {
        Some((above, "README")) => format!("{above}/index"),
        _ => stem.to_owned(),
    };
    let path = [slate.site_path.as_str(), &stem].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let path = encode(&path.join("/"));
    // An `@` would be taken for a user wherever the address is pasted.
    Some(encode_url(&format!("{site}/{path}.html")).replace('@', "%40"))
}
