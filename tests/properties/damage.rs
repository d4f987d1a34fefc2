//! Mistakes of the kinds that people and programs make.

/// The bytes with one mistake. `dice` answers a number below its argument, or 0.
pub(crate) fn damage(bytes: &[u8], dice: &mut dyn FnMut(usize) -> usize) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    let (at, other) = (dice(lines.len()), dice(lines.len()));
    let text = String::from_utf8_lossy(&lines[at]).into_owned();
    let piece = PIECES[dice(PIECES.len())];
    match dice(16) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, Vec::new()),
        2 => lines.insert(at, lines[other].clone()),
        3 => lines.swap(at, other),
        4 => lines[at] = text.to_uppercase().into_bytes(),
        5 => lines[at] = text.replacen('|', "", 1).into_bytes(),
        6 => lines[at] = text.replace(['[', ']'], "").into_bytes(),
        7 => lines[at] = format!("{text} | `x\\|y` |").into_bytes(),
        8 => lines[at] = format!("<!-- goals: allow(unknown-team) x --> {text}").into_bytes(),
        9 => lines[at] = format!("```{text}").into_bytes(),
        10 => return lines.join(&b'\r'),
        11 => lines[at] = format!("{piece}{text}").into_bytes(),
        12 => lines[at] = format!("{text}{piece}").into_bytes(),
        13 => {
            let mut place = dice(text.len() + 1);
            while !text.is_char_boundary(place) {
                place -= 1;
            }
            lines[at] = format!("{}{piece}{}", &text[..place], &text[place..]).into_bytes();
        }
        14 => {
            // A cell or word of another line.
            let from = String::from_utf8_lossy(&lines[other]).into_owned();
            let mark = if from.contains('|') && text.contains('|') { "|" } else { " " };
            let mut parts: Vec<&str> = text.split(mark).collect();
            let others: Vec<&str> = from.split(mark).collect();
            let place = dice(parts.len());
            parts[place] = others[dice(others.len())];
            lines[at] = parts.join(mark).into_bytes();
        }
        _ => {
            let mut bytes = bytes.to_vec();
            let place = dice(bytes.len());
            if let Some(byte) = bytes.get_mut(place) {
                *byte = [0, 0xff, b'|', b'\n', b'[', b'`'][dice(6)];
            }
            return bytes;
        }
    }
    lines.join(&b'\n')
}

/// Pieces of text that mean something to Markdown, to a goal, or to a terminal.
#[rustfmt::skip] // one a line would be a page
const PIECES: [&str; 49] = [
    "> ", "- ", "1. ", "    ", "\t", "# ", "## ", "|", "||", "|-|", "[", "]", "](x)", "][y]", "![", "[]", "[x]: y", "<", ">",
    "`", "``", "*", "**", "~~", "\\", "\\|", "<!--", "-->", "(((GOALS)))", "<!-- #GOALS -->", "<https://x.org>", "@", "@x-",
    "[^1]", "[^1]: ", "\r", "\u{feff}", "é", "😀", "\u{202e}", "\u{1b}[31m", "::error::x", "##[error]", "TBD",
    "@hanae", ", @Wen-Zhao", "[x](https://github.com/hanae)", "https://github.com/a/b/issues/7", "<!-- @hanae -->",
];
