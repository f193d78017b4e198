use super::*;

#[test]
fn the_table_is_sorted() {
    assert!(COMPONENTS.is_sorted_by_key(|component| component.name));
}

#[test]
fn attributes_are_known_once_and_spelt_as_they_are() {
    for component in COMPONENTS {
        let own = component.attributes.iter().map(|one| one.name);
        let mut names: Vec<&str> = own.chain(component.unshown.iter().copied()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{}", component.name);
        assert!(names.iter().all(|name| component.knows(name)), "{}", component.name);
        for name in ["titel", "Title", "hreff", "text", ""] {
            assert!(!component.knows(name), "{} {name}", component.name);
        }
    }
    assert!(find("Card").is_some_and(|card| card.knows("data-x") && card.knows("className")));
}

#[test]
fn each_name_of_a_container_has_one_look() {
    let mut seen = std::collections::HashSet::new();
    for component in COMPONENTS.iter().chain(ONLY_CONTAINERS) {
        for name in component.containers {
            assert!(*name == name.to_lowercase() && seen.insert(name), "{name}");
            assert_eq!(of_container(&name.to_uppercase()), component, "{name}");
            // The writer of containers knows these looks.
            let written = matches!(
                component.html,
                Html::Callout(_)
                    | Html::Details(_)
                    | Html::Element(..)
                    | Html::CodeGroup(_)
                    | Html::Step
                    | Html::Tab
                    | Html::Cards(_)
                    | Html::Card
            );
            assert!(written, "{name}");
        }
    }
    for name in ["", "no-such-name", "note"] {
        assert_eq!(of_container(name).name, "Note", "{name}");
    }
    assert_eq!(container_names().count(), seen.len());
    assert_eq!(of_known_container("no-such-name"), None);
    for (kind, name) in [("tabs", "Note"), ("Hint", "Tip"), ("", "Note")] {
        assert_eq!(of_admonition(kind).name, name, "{kind}");
    }
    assert!(ONLY_CONTAINERS.iter().all(|one| find(one.name).is_none()));
}

#[test]
fn each_alert_looks_like_the_container_of_its_name() {
    for alert in ALERTS {
        let like = of_known_container(alert).expect("a container");
        assert_eq!(like.twin, Twin::Alert(alert));
        assert!(matches!(like.html, Html::Callout(look) if look.eq_ignore_ascii_case(alert)));
    }
    let alerts = COMPONENTS.iter().chain(ONLY_CONTAINERS).filter_map(|one| match one.twin {
        Twin::Alert(alert) => Some(alert),
        _ => None,
    });
    assert!(alerts.into_iter().all(|alert| ALERTS.contains(&alert)));
}

#[test]
fn ids_are_made_of_attributes_that_are_read() {
    for component in COMPONENTS {
        let reads = |name| component.attributes.iter().any(|one| one.name == name);
        match component.id {
            IdRule::None => {}
            IdRule::Attr(name) | IdRule::Entry(name) => {
                assert!(reads(name), "{}: {name}", component.name)
            }
            IdRule::Param => assert!(reads("name"), "{}", component.name),
        }
    }
}
