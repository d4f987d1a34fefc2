//! The documents, and what is in them.

use crate::common::repository;

/// A block of code.
pub(crate) struct Block {
    /// What it is written in, as its first line says.
    pub(crate) language: String,
    pub(crate) text: String,
}

/// README.md and the pages of `docs/`, as paths from the repository.
pub(crate) fn names() -> Vec<String> {
    let pages = std::fs::read_dir(repository().join("docs")).unwrap();
    let pages =
        pages.map(|entry| entry.unwrap().file_name().into_string().unwrap()).filter(|name| name.ends_with(".md"));
    let mut names: Vec<String> = pages.map(|name| format!("docs/{name}")).collect();
    names.push("README.md".to_owned());
    names.sort();
    names
}

pub(crate) fn read(name: &str) -> String {
    std::fs::read_to_string(repository().join(name)).unwrap()
}

/// The blocks of code of a document, and the text around them.
pub(crate) fn parts(name: &str) -> (Vec<Block>, String) {
    let (mut blocks, mut sentences) = (Vec::new(), String::new());
    // The fence of the block that is open, which may be longer than others in it.
    let mut open: Option<(String, Block)> = None;
    for line in read(name).lines() {
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        match &mut open {
            Some((end, _)) if line == *end => blocks.extend(open.take().map(|(_, block)| block)),
            Some((_, block)) => block.text.push_str(&format!("{line}\n")),
            None if fence.len() >= 3 => {
                let language = line.trim_start_matches('`').to_owned();
                open = Some((fence, Block { language, text: String::new() }));
            }
            None => sentences.push_str(&format!("{line}\n")),
        }
    }
    assert!(open.is_none(), "a block of {name} does not end");
    (blocks, sentences)
}

/// All blocks in a language, with the documents that they are in.
pub(crate) fn blocks(language: &str) -> Vec<(String, String)> {
    let of = |name: &String| {
        let blocks = parts(name).0.into_iter().filter(|block| block.language == language);
        blocks.map(|block| (name.clone(), block.text)).collect::<Vec<_>>()
    };
    names().iter().flat_map(of).collect()
}

/// Holds a generated document against the one in the repository, or writes it where `UPDATE_README` says so.
pub(crate) fn is_current(name: &str, text: &str) {
    let path = repository().join(name);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, text).unwrap();
    } else {
        let is_same = std::fs::read_to_string(path).is_ok_and(|written| written == text);
        assert!(is_same, "{name} is out of date: UPDATE_README=1 cargo test --test readme");
    }
}
