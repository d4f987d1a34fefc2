//! What is kept of the files of the Rust team API: names, membership, which team is a part of which, and repositories, in an
//! order and layout in which the difference between two days reads well.
//!
//! Texts in, texts out; downloading and writing them is not part of this module.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::{Member, PeopleFile, TEAMS_FILE, WebsiteData};
use crate::text::order::sort_by_key;

/// The files of a roster.
pub const ROSTER_FILES: [RosterFile; 3] = [
    RosterFile { name: TEAMS_FILE, required: true, pin: pin_teams },
    RosterFile { name: "people.json", required: true, pin: pin_people },
    RosterFile { name: "archived-teams.json", required: false, pin: pin_archived },
];

/// A file of a roster.
#[derive(Clone, Copy, Debug)]
pub struct RosterFile {
    /// Its name, the same as in the Rust team API.
    pub name: &'static str,
    /// Whether there is no roster without it.
    pub required: bool,
    pin: fn(&str) -> Result<Pinned, String>,
}

impl RosterFile {
    /// What is kept of a downloaded text, or why that is no file of the Rust team API.
    pub fn pin(&self, text: &str) -> Result<Pinned, String> {
        (self.pin)(text)
    }
}

/// A file that is ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The text, which ends with a line end.
    pub text: String,
    /// The names of the teams or people in it, sorted.
    pub names: Vec<String>,
}

/// A team as the API states it; what is not named here is left out.
#[derive(Deserialize)]
struct ApiTeam {
    members: Vec<Member>,
    subteam_of: Option<String>,
    website_data: Option<WebsiteData>,
}

fn pin_teams(text: &str) -> Result<Pinned, String> {
    let pinned = pin_archived(text)?;
    if pinned.names.is_empty() { Err("it contains no teams".to_owned()) } else { Ok(pinned) }
}

fn pin_archived(text: &str) -> Result<Pinned, String> {
    let teams: BTreeMap<String, ApiTeam> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let names: Vec<String> = teams.keys().cloned().collect();
    for (name, team) in &teams {
        let logins = team.members.iter().map(|member| &member.login);
        if let Some(odd) = std::iter::once(name).chain(&team.subteam_of).chain(logins).find(|name| !is_name(name)) {
            return Err(format!("invalid team or user name `{odd}`"));
        }
    }
    let entry = |(name, mut team): (String, ApiTeam)| {
        // The order in which people look names up: case decides last.
        sort_by_key(&mut team.members, |member| (member.login.to_lowercase(), member.login.clone()));
        let members: Vec<String> = team.members.iter().map(|member| format!("      {}", member_line(member))).collect();
        let members = if members.is_empty() { "[]".to_owned() } else { format!("[\n{}\n    ]", members.join(",\n")) };
        let website =
            team.website_data.and_then(|website| website.repo).map(|repo| format!("{{\"repo\": {}}}", json!(repo)));
        let website = website.unwrap_or_else(|| "null".to_owned());
        let parent = team.subteam_of.map(|parent| format!("    \"subteam_of\": {},\n", json!(parent)));
        let parent = parent.unwrap_or_default();
        format!("  {}: {{\n{parent}    \"website_data\": {website},\n    \"members\": {members}\n  }}", json!(name))
    };
    let entries: Vec<String> = teams.into_iter().map(entry).collect();
    let text = if entries.is_empty() { "{}\n".to_owned() } else { format!("{{\n{}\n}}\n", entries.join(",\n")) };
    Ok(Pinned { text, names })
}

fn member_line(member: &Member) -> String {
    let login = json!(member.login);
    if member.is_lead {
        format!("{{\"github\": {login}, \"is_lead\": true}}")
    } else {
        format!("{{\"github\": {login}}}")
    }
}

fn pin_people(text: &str) -> Result<Pinned, String> {
    let file: PeopleFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let people: BTreeMap<String, String> =
        file.people.0.into_iter().map(|(login, person)| (login, person.name)).collect();
    if people.is_empty() {
        return Err("it contains no people".to_owned());
    }
    if let Some((odd, _)) = people.iter().find(|(login, _)| !is_name(login)) {
        return Err(format!("invalid user name `{odd}`"));
    }
    let lines: Vec<String> =
        people.iter().map(|(login, name)| format!("  {}: {{\"name\": {}}}", json!(login), json!(name))).collect();
    let text = format!("{{\"people\": {{\n{}\n}}}}\n", lines.join(",\n"));
    Ok(Pinned { text, names: people.into_keys().collect() })
}

/// Whether a name can be one of a team or user: a download that holds anything else is damaged or not what it should be.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_sorted_and_small() {
        let api = r#"{"lang": {"name": "lang", "kind": "team", "subteam_of": null, "members": [
            {"name": "B", "github": "bea", "github_id": 2, "is_lead": false},
            {"name": "A", "github": "Ada", "github_id": 1, "is_lead": true}],
            "website_data": {"name": "Language team", "page": "lang", "repo": "https://example.org/lang"}},
            "all": {"members": [], "website_data": null},
            "lang-docs": {"members": [], "subteam_of": "lang"}}"#;
        let pinned = pin_teams(api).unwrap();
        insta::assert_snapshot!(pinned.text, @r#"
        {
          "all": {
            "website_data": null,
            "members": []
          },
          "lang": {
            "website_data": {"repo": "https://example.org/lang"},
            "members": [
              {"github": "Ada", "is_lead": true},
              {"github": "bea"}
            ]
          },
          "lang-docs": {
            "subteam_of": "lang",
            "website_data": null,
            "members": []
          }
        }
        "#);
        assert_eq!(pin_teams(&pinned.text).unwrap(), pinned, "what is pinned stays as it is");
        let people =
            pin_people(r#"{"people": {"bea": {"name": "Bea", "email": "x@y"}, "Ada": {"name": "A\"da"}}}"#).unwrap();
        assert_eq!(
            people.text,
            "{\"people\": {\n  \"Ada\": {\"name\": \"A\\\"da\"},\n  \"bea\": {\"name\": \"Bea\"}\n}}\n"
        );
        assert_eq!(pin_people(&people.text).unwrap(), people);
    }

    #[test]
    fn what_is_no_file_of_the_api_is_refused() {
        for odd in ["", "{", "[]", "{}", "null", "<html>", "{\"lang\": {}}", "{\"lang\": {\"members\": [{}]}}"] {
            assert!(pin_teams(odd).is_err(), "{odd}");
        }
        assert!(pin_teams("{\"a b\": {\"members\": []}}").is_err());
        assert!(pin_teams("{\"a\": {\"members\": [{\"github\": \"x\\u001b\"}]}}").is_err());
        for odd in
            ["", "{}", "{\"people\": {}}", "{\"people\": {\"a\": {}}}", "{\"people\": {\"a/b\": {\"name\": \"\"}}}"]
        {
            assert!(pin_people(odd).is_err(), "{odd}");
        }
        assert!(pin_archived("{}").is_ok());
    }

    #[test]
    fn the_built_in_roster_is_pinned() {
        for (file, text) in ROSTER_FILES.iter().zip([
            crate::policy::roster::TEAMS,
            crate::policy::roster::PEOPLE,
            crate::policy::roster::ARCHIVED,
        ]) {
            assert!(
                file.pin(text).unwrap().text == text,
                "{}: `goals roster update` would write it otherwise",
                file.name
            );
        }
    }
}
