//! `rules/goals.schema.json`: what a `goals.toml` may contain, for editors that complete and check TOML by a JSON Schema.
//!
//! It is made from the types that read the file, so a key that one of them knows the other knows too.

use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, schema_for};
use serde_json::{Map, Value, json};

use super::GoalsFile;
use crate::policy::format::Format;
use crate::rules::registry::RULES;

/// Levels by the names of rules.
pub(crate) struct Lint;

impl JsonSchema for Lint {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Lint".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let level = |about: &str| json!({ "description": about, "enum": ["error", "warn", "off"] });
        let mut rules = Map::new();
        rules.insert("all".to_owned(), level("the default level of all rules"));
        for rule in RULES {
            rules.insert(rule.id.to_owned(), level(&rule.read().unwrap().summary));
        }
        let schema = json!({ "type": "object", "properties": rules, "additionalProperties": false });
        schema.try_into().unwrap()
    }
}

/// Types that are written as a whole also where a format states differences alone.
const WHOLE: [&str; 2] = ["AskFormat", "DirectiveKind"];

/// The schema of the whole file.
fn schema() -> Value {
    let mut schema = schema_for!(GoalsFile).to_value();
    let mut format = schema_for!(Format).to_value();
    differences(&mut format);
    let definitions = std::mem::take(format["$defs"].as_object_mut().unwrap());
    for (name, mut definition) in definitions {
        if !WHOLE.contains(&name.as_str()) {
            differences(&mut definition);
        }
        schema["$defs"][&name] = definition;
    }
    // Every key of a format may be used along with the keys that a period has of its own.
    let period = &mut schema["$defs"]["PeriodTable"];
    let keys = period["properties"].as_object_mut().unwrap();
    let like = json!({ "description": "The known period to inherit the format from.", "type": "string" });
    keys.insert("like".to_owned(), like);
    keys.extend(format["properties"].as_object().unwrap().clone());
    period["additionalProperties"] = false.into();
    let name = "^[0-9]{4}([hH][12])?$";
    for table in ["periods", "rfc"] {
        schema["properties"][table]["propertyNames"] = json!({ "pattern": name });
    }
    schema["title"] = "goals.toml".into();
    schema["description"] = "The configuration of `goals`; all keys are optional.".into();
    schema
}

/// Makes the schema of a whole thing that of its differences: nothing is required, and `false` takes an entry away.
fn differences(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    schema.remove("required");
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(or_false);
    }
    if let Some(entries) = schema.get_mut("additionalProperties").filter(|entries| entries.is_object()) {
        or_false(entries);
    }
}

fn or_false(schema: &mut Value) {
    if schema["type"] == "boolean" {
        return;
    }
    // A table of entries: each of them can be taken away.
    differences(schema);
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    let mut either = json!({ "anyOf": [schema.take(), { "const": false }] });
    if let Some(description) = description {
        either["description"] = description;
    }
    *schema = either;
}

#[test]
fn the_schema_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/goals.schema.json");
    let current = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    // A new rule changes docs/rules.md as well, so one word updates both.
    if ["UPDATE_SCHEMA", "UPDATE_README"].iter().any(|name| std::env::var_os(name).is_some()) {
        std::fs::write(path, current).unwrap();
    } else {
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == current, "rules/goals.schema.json is out of date: UPDATE_SCHEMA=1 cargo test --lib schema");
    }
}

#[test]
fn every_key_of_the_configuration_is_in_the_schema() {
    // What serde says it expects where a key is unknown is the list of keys that it knows.
    let known = |error: toml::de::Error| -> BTreeSet<String> {
        let (_, expected) = error.message().split_once("expected ").unwrap();
        expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let keys =
        |table: &Value| -> BTreeSet<String> { table["properties"].as_object().unwrap().keys().cloned().collect() };
    let schema = schema();
    let of_file = toml::from_str::<GoalsFile>("unheard-of = 1").err().unwrap();
    assert_eq!(keys(&schema), known(of_file));
    let of_roster = toml::from_str::<GoalsFile>("[roster]\nunheard-of = 1").err().unwrap();
    assert_eq!(keys(&schema["$defs"]["RosterTable"]), known(of_roster));
    let mut of_period: BTreeSet<String> = ["lint", "roster", "like"].map(str::to_owned).into();
    of_period.extend(known(toml::from_str::<Format>("unheard-of = 1").err().unwrap()));
    assert_eq!(keys(&schema["$defs"]["PeriodTable"]), of_period);
}
