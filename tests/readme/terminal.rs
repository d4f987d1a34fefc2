//! `docs/terminal.svg`: what a terminal shows of `goals lint`, made from what the program prints.

use unicode_width::UnicodeWidthStr;

use crate::common::{Place, fixtures};
use crate::documents::is_current;

/// The goal that is checked, by its path.
const FILE: &str = "src/2026/faster-doctests.md";

/// A goal as its author might write it in a first draft.
const GOAL: &str = "\
# Run the doctests of a crate in one process

| Metadata           |                 |
|:-------------------|:----------------|
| Point of contact   | @tvanderberg    |
| Status             | proposed        |
| Tracking issue     |                 |
| [rustdoc] champion | @wen-zhao       |

## Summary

Compile all examples into one program, see [the plan](./plan.md).

## Team asks

| Team      | Support level | Notes                    |
|:----------|:--------------|:-------------------------|
| [rusdoc]  | Medium        | Review the new harness   |
| [libs]    | Small         | Try it on the library    |

## Frequently asked questions
";

/// A project with that goal.
pub(crate) fn broken_goal() -> Place {
    let place = Place::with(&[(FILE, GOAL), ("goals.toml", "[roster]\npath = \"team\"\n")]);
    for name in ["teams.json", "people.json", "archived-teams.json"] {
        place.write(&format!("team/{name}"), &std::fs::read(fixtures().join("team").join(name)).unwrap());
    }
    place
}

#[test]
fn the_picture_is_current() {
    let run = broken_goal().output(&["lint", FILE, "--color", "always"], b"");
    let printed = String::from_utf8([run.stdout, run.stderr].concat()).unwrap();
    let command = format!("goals lint {FILE}");
    is_current("docs/terminal.svg", &picture(&command, &printed));
}

/// The colors of the picture. It has a background of its own, so that it looks the same on a dark and on a light page.
const BACKGROUND: Color = Color(0x0d, 0x11, 0x17);
const FOREGROUND: Color = Color(0xe6, 0xed, 0xf3);
const BORDER: Color = Color(0x6e, 0x76, 0x81);
const PALETTE: [Color; 8] = [
    Color(0x8b, 0x94, 0x9e), // black, which would not be seen
    Color(0xff, 0x7b, 0x72),
    Color(0x7e, 0xe7, 0x87),
    Color(0xe3, 0xb3, 0x41),
    Color(0x79, 0xc0, 0xff),
    Color(0xd2, 0xa8, 0xff),
    Color(0x56, 0xd4, 0xdd),
    FOREGROUND,
];

/// The size of a character, and the edge around all of them, in pixels.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 17.0;
const EDGE: f64 = 16.0;
/// How far the baseline of a line is below its top.
const BASELINE: f64 = 13.0;
/// The least contrast at which text can be read (WCAG 2.2, level AA).
const MIN_CONTRAST: f64 = 4.5;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Color(u8, u8, u8);

impl Color {
    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Halfway to another color.
    fn mixed(self, other: Color) -> Color {
        Color(self.0.midpoint(other.0), self.1.midpoint(other.1), self.2.midpoint(other.2))
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            part if part <= 0.040_45 => part / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn contrast(self, other: Color) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// How the next characters look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Look {
    color: Option<Color>,
    bold: bool,
    dim: bool,
    underlined: bool,
}

impl Look {
    /// Changes as a sequence of a terminal says: the numbers of `ESC [ … m`.
    fn apply(&mut self, codes: &str) {
        let mut codes = codes.split(';').map(|code| code.parse::<u8>().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Look::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                4 => self.underlined = true,
                22 => (self.bold, self.dim) = (false, false),
                24 => self.underlined = false,
                30..=37 => self.color = Some(PALETTE[usize::from(code - 30)]),
                38 => self.color = Some(color(&mut codes)),
                39 => self.color = None,
                90..=97 => self.color = Some(PALETTE[usize::from(code - 90)]),
                _ => panic!("the picture has no look for the code {code}"),
            }
        }
    }

    fn fill(self) -> Color {
        let color = self.color.unwrap_or(FOREGROUND);
        if self.dim { color.mixed(BACKGROUND.mixed(FOREGROUND)) } else { color }
    }
}

/// The color that `38;5;n` or `38;2;r;g;b` stands for.
fn color(codes: &mut impl Iterator<Item = u8>) -> Color {
    let mut next = || codes.next().unwrap();
    match next() {
        2 => Color(next(), next(), next()),
        5 => match next() {
            index @ 0..=15 => PALETTE[usize::from(index % 8)],
            index @ 16..=231 => {
                let part = |of: u8| if of == 0 { 0 } else { 55 + 40 * of };
                Color(part((index - 16) / 36), part((index - 16) / 6 % 6), part((index - 16) % 6))
            }
            index => Color(8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)),
        },
        kind => panic!("a color of kind {kind}"),
    }
}

/// Characters of one look, on one line.
struct Run {
    column: usize,
    text: String,
    look: Look,
}

/// The lines of what a terminal was sent. Addresses of links are left out: nothing in a picture can be followed.
fn lines(text: &str) -> Vec<Vec<Run>> {
    let mut look = Look::default();
    let mut lines = Vec::new();
    for line in text.lines() {
        let (mut runs, mut column, mut rest) = (Vec::new(), 0, line);
        while !rest.is_empty() {
            if let Some(sequence) = rest.strip_prefix("\u{1b}[") {
                let (codes, after) = sequence.split_once('m').unwrap();
                look.apply(codes);
                rest = after;
            } else if let Some(sequence) = rest.strip_prefix("\u{1b}]8;") {
                rest = sequence.split_once("\u{1b}\\").unwrap().1;
            } else {
                let (part, after) = rest.split_at(rest.find('\u{1b}').unwrap_or(rest.len()));
                assert!(!part.is_empty(), "a sequence that the picture does not know: {rest:?}");
                let start = column + part.len() - part.trim_start_matches(' ').len();
                column += part.width();
                let text = part.trim_matches(' ');
                if !text.is_empty() {
                    runs.push(Run { column: start, text: text.to_owned(), look });
                }
                rest = after;
            }
        }
        lines.push(runs);
    }
    lines
}

/// A terminal in which a command was run.
fn picture(command: &str, printed: &str) -> String {
    let lines = lines(&format!("\u{1b}[1m$ {command}\u{1b}[0m\n{}", printed.trim_end()));
    let columns = lines.iter().flatten().map(|run| run.column + run.text.width()).max().unwrap_or(0);
    let (width, height) = (columns as f64 * WIDTH + 2.0 * EDGE, lines.len() as f64 * HEIGHT + 2.0 * EDGE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{command}</title>\n\
         <!-- made by tests/readme/terminal.rs from what the program prints -->\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"6\" fill=\"{}\" stroke=\"{}\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\" xml:space=\"preserve\">\n",
        width - 1.0,
        height - 1.0,
        BACKGROUND.hex(),
        BORDER.hex(),
    );
    for (number, line) in lines.iter().enumerate() {
        let y = EDGE + number as f64 * HEIGHT + BASELINE;
        for run in line {
            svg.push_str(&element(run, y));
        }
    }
    svg + "</g>\n</svg>\n"
}

/// The text of a run. Its length is stated, so that columns stay columns in whatever font.
fn element(run: &Run, y: f64) -> String {
    let Look { bold, underlined, .. } = run.look;
    let fill = run.look.fill();
    let contrast = fill.contrast(BACKGROUND);
    assert!(contrast >= MIN_CONTRAST, "{:?} cannot be read: contrast {contrast:.1}", run.text);
    let text = run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<text x=\"{:.1}\" y=\"{y:.0}\" textLength=\"{:.1}\" fill=\"{}\"{}{}>{text}</text>\n",
        EDGE + run.column as f64 * WIDTH,
        run.text.width() as f64 * WIDTH,
        fill.hex(),
        if bold { " font-weight=\"bold\"" } else { "" },
        if underlined { " text-decoration=\"underline\"" } else { "" },
    )
}

#[test]
fn looks_are_read() {
    let lines = lines(
        "a \u{1b}[1;31mb\u{1b}[0m  \u{1b}[38;5;196mc\u{1b}[39m\n\u{1b}]8;;https://x.org\u{1b}\\ d & e\u{1b}]8;;\u{1b}\\",
    );
    let shown: Vec<Vec<(usize, &str, Look)>> =
        lines.iter().map(|line| line.iter().map(|run| (run.column, run.text.as_str(), run.look)).collect()).collect();
    let plain = Look::default();
    let red = Look { color: Some(PALETTE[1]), bold: true, ..plain };
    let cube = Look { color: Some(Color(255, 0, 0)), ..plain };
    assert_eq!(shown[0], [(0, "a", plain), (2, "b", red), (5, "c", cube)]);
    assert_eq!(shown[1], [(1, "d & e", plain)]);
    assert!(element(&lines[1][0], 0.0).contains("d &amp; e"));
}
