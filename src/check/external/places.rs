//! The addresses of other sites that the pages link to, and where.

use std::collections::{BTreeMap, HashMap};

use super::address::{Address, Skip};
use super::host;
use crate::markdown::facts::Link;
use crate::project::Model;
use crate::site::target::Target;
use crate::source::{Span, VPath};

/// A link to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub path: VPath,
    /// Where the address is on it.
    pub span: Span,
    /// The part of the page that it leads to.
    pub fragment: Option<String>,
    /// The number of links that take their address from this place.
    pub links: usize,
}

/// The addresses of a tree.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Those to ask for, with the links to them in the order of the pages.
    pub addresses: BTreeMap<String, (Address, Vec<Place>)>,
    /// The number of links that are not asked for, by the reason.
    pub skipped: BTreeMap<Skip, usize>,
}

/// Collects the addresses on the wanted pages. `skip` says whether the settings leave a host out,
/// `allowed` whether they allow it although it is of a private network.
pub fn collect(
    model: &Model,
    wanted: &dyn Fn(&VPath) -> bool,
    skip: &dyn Fn(&str) -> bool,
    allowed: &dyn Fn(&str) -> bool,
) -> Wanted {
    let mut found = Wanted::default();
    for (at, page) in model.index.pages.entries() {
        let path = &page.source.path;
        if !wanted(path) {
            continue;
        }
        let facts = &page.facts;
        let front = facts.front_links.iter().zip(&model.front_targets[at]);
        let links = front.chain(facts.links.iter().zip(&model.targets[at]));
        // Links that use the same definition have their address in one place.
        let mut seen: HashMap<usize, (String, usize)> = HashMap::new();
        for (link, target) in links {
            if *target != Target::External {
                continue;
            }
            let definition = link.definition.map(|definition| definition.start);
            if let Some((url, at)) = definition.and_then(|definition| seen.get(&definition)) {
                if let Some((_, places)) = found.addresses.get_mut(url) {
                    places[*at].links += 1;
                }
                continue;
            }
            let place = found.add(path, link, skip, allowed);
            if let (Some(definition), Some(place)) = (definition, place) {
                seen.insert(definition, place);
            }
        }
    }
    found
}

impl Wanted {
    /// Adds a link; returns where it is among the places of its address.
    fn add(
        &mut self,
        path: &VPath,
        link: &Link,
        skip: &dyn Fn(&str) -> bool,
        allowed: &dyn Fn(&str) -> bool,
    ) -> Option<(String, usize)> {
        let address = Address::read(&link.dest).and_then(|address| {
            let (host, authority) = (address.host(), address.authority());
            let why = host::skipped(host).filter(|_| !allowed(authority));
            match why.or_else(|| skip(authority).then_some(Skip::Setting)) {
                Some(why) => Err(why),
                None => Ok(address),
            }
        });
        match address {
            Err(why) => {
                *self.skipped.entry(why).or_default() += 1;
                None
            }
            Ok(address) => {
                let fragment = link.dest.split_once('#').map(|(_, fragment)| fragment.to_owned());
                let place =
                    Place { path: path.clone(), span: link.dest_span(), fragment, links: 1 };
                let url = address.to_string();
                let known = self.addresses.entry(url.clone());
                let (_, places) = known.or_insert_with(|| (address, Vec::new()));
                places.push(place);
                Some((url, places.len() - 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Inputs;

    #[test]
    fn every_address_comes_once_with_its_places() {
        let files = [
            ("docgen.toml", ""),
            (
                "content/index.md",
                "[a](https://a.dev/x#y) <https://a.dev/x> ![p](//a.dev/p.png) [m](mailto:a@b.dev)\n\n\
                 [l](http://localhost:80/) [i](http://10.0.0.1/) [r] [s][r] [z](https://z.dev)\n\n\
                 [t](https://<host>/) [b](b.md)\n\n[r]: https://a.dev/r\n",
            ),
            ("content/b.md", "[a](https://A.dev/x)\n"),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
        let model = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
        let found = collect(&model, &|_| true, &|host| host == "z.dev", &|_| false);
        let all: Vec<(&str, usize)> =
            found.addresses.iter().map(|(url, (_, places))| (url.as_str(), places.len())).collect();
        assert_eq!(
            all,
            [("https://a.dev/p.png", 1), ("https://a.dev/r", 1), ("https://a.dev/x", 3)]
        );
        assert_eq!(found.addresses["https://a.dev/r"].1[0].links, 2);
        let places = &found.addresses["https://a.dev/x"].1;
        assert_eq!(places[1].fragment.as_deref(), Some("y"));
        let skipped: Vec<Skip> = found.skipped.into_keys().collect();
        let expected =
            [Skip::Protocol, Skip::Example, Skip::Private, Skip::Placeholder, Skip::Setting];
        assert_eq!(skipped, expected);
        let one = collect(&model, &|path| path.as_str() == "content/b.md", &|_| false, &|_| false);
        assert_eq!(one.addresses.len(), 1);
        let own = collect(&model, &|_| true, &|_| false, &|host| host == "10.0.0.1");
        assert!(own.addresses.contains_key("http://10.0.0.1/"));
    }
}
