//! Resolves the references of a schema: addresses, anchors and JSON pointers.
//!
//! Only references inside the document are followed; others are refused.

use std::collections::{BTreeSet, HashMap};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::draft::{Draft, NAMED_SCHEMAS, SCHEMAS};

/// The number of a resource.
pub(super) type ResourceId = usize;

/// The parts of a document that have their own address.
pub(super) struct Resources<'s> {
    list: Vec<Resource<'s>>,
    /// Their numbers by address; of two with the same address, the first counts.
    by_uri: HashMap<String, ResourceId>,
    /// How many resources have a dynamic anchor of this name.
    dynamic: HashMap<String, usize>,
    /// How many of them a `$recursiveRef` may choose.
    recursive: usize,
    /// The resource that each schema is part of, by the address of its value.
    owners: HashMap<*const Value, ResourceId>,
}

/// A part of a document with its own address.
struct Resource<'s> {
    uri: String,
    root: &'s Value,
    /// `None` for a dialect that docgen does not know.
    draft: Option<Draft>,
    anchors: HashMap<String, &'s Value>,
    /// Those of the anchors that a `$dynamicRef` may choose among.
    dynamic: BTreeSet<String>,
    /// Whether a `$recursiveRef` may choose it.
    recursive: bool,
}

/// Why a reference leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It leads to another document.
    Elsewhere,
    /// It leads to the definition of JSON Schema itself, which docgen does not have as a schema.
    Metaschema,
    /// It leads to nothing in this document.
    Nowhere,
    /// Its target depends on the path of the validation.
    Undecided,
}

/// The target of a reference.
pub(super) type Target<'s> = (&'s Value, ResourceId);

impl<'s> Resources<'s> {
    /// Finds all resources and anchors in a document.
    pub fn new(root: &'s Value) -> Self {
        let mut resources = Self {
            list: Vec::new(),
            by_uri: HashMap::new(),
            dynamic: HashMap::new(),
            recursive: 0,
            owners: HashMap::new(),
        };
        let draft = declared(root).unwrap_or(Some(Draft::DEFAULT));
        resources.add(String::new(), root, draft);
        resources.visit(root, 0, true);
        for (id, resource) in resources.list.iter().enumerate() {
            resources.by_uri.entry(resource.uri.clone()).or_insert(id);
            for name in &resource.dynamic {
                *resources.dynamic.entry(name.clone()).or_default() += 1;
            }
            resources.recursive += usize::from(resource.recursive);
        }
        resources
    }

    /// The draft that a resource follows; `None` for one that docgen does not know.
    pub fn draft(&self, resource: ResourceId) -> Option<Draft> {
        self.list[resource].draft
    }

    /// The resource that a schema is part of: its own, or that of the schema around it.
    pub fn owner(&self, schema: &Value, around: ResourceId) -> ResourceId {
        self.owners.get(&std::ptr::from_ref(schema)).copied().unwrap_or(around)
    }

    fn add(&mut self, uri: String, root: &'s Value, draft: Option<Draft>) -> ResourceId {
        let (anchors, dynamic) = (HashMap::new(), BTreeSet::new());
        self.list.push(Resource { uri, root, draft, anchors, dynamic, recursive: false });
        self.list.len() - 1
    }

    fn visit(&mut self, schema: &'s Value, around: ResourceId, is_root: bool) {
        let Value::Object(keywords) = schema else { return };
        let here = self.enter(schema, keywords, around, is_root);
        self.owners.insert(schema, here);
        let Some(draft) = self.list[here].draft else { return };
        for (keyword, value) in keywords {
            match value {
                _ if !draft.knows(keyword) => {}
                Value::Object(named) if NAMED_SCHEMAS.contains(&keyword.as_str()) => {
                    named.values().for_each(|one| self.visit(one, here, false));
                }
                Value::Array(list) if SCHEMAS.contains(&keyword.as_str()) => {
                    list.iter().for_each(|one| self.visit(one, here, false));
                }
                _ if SCHEMAS.contains(&keyword.as_str()) => self.visit(value, here, false),
                _ => {}
            }
        }
    }

    /// The resource that a schema is part of, after recording the addresses in the schema.
    fn enter(
        &mut self,
        schema: &'s Value,
        keywords: &'s Map<String, Value>,
        around: ResourceId,
        is_root: bool,
    ) -> ResourceId {
        let text = |key: &str| keywords.get(key).and_then(Value::as_str);
        let draft = declared(schema).unwrap_or(self.list[around].draft);
        let Some(known) = draft else {
            return if is_root { around } else { self.add(String::new(), schema, None) };
        };
        if known.ref_stands_alone() && keywords.contains_key("$ref") && !is_root {
            return around;
        }
        let mut here = around;
        if let Some(id) = text(known.id()) {
            let (address, fragment) = id.split_once('#').unwrap_or((id, ""));
            if !address.is_empty() {
                let uri = join(&self.list[around].uri, address);
                match is_root {
                    true => self.list[around].uri = uri,
                    false => here = self.add(uri, schema, draft),
                }
            }
            if !fragment.is_empty() && known <= Draft::Seven {
                self.list[here].anchors.insert(fragment.to_owned(), schema);
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            let Some(name) = text(keyword).filter(|_| known.knows(keyword)) else { continue };
            let resource = &mut self.list[here];
            resource.anchors.insert(name.to_owned(), schema);
            if keyword == "$dynamicAnchor" {
                resource.dynamic.insert(name.to_owned());
            }
        }
        let recursive = keywords.get("$recursiveAnchor") == Some(&Value::Bool(true));
        self.list[here].recursive |= recursive && std::ptr::eq(self.list[here].root, schema);
        here
    }

    /// The target of `$ref`.
    pub fn find(&self, reference: &str, from: ResourceId) -> Result<Target<'s>, Lost> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if address.is_empty() { from } else { self.resource(address, from)? };
        let fragment = percent_decode_str(fragment).decode_utf8().map_err(|_| Lost::Nowhere)?;
        let root = self.list[resource].root;
        if fragment.is_empty() {
            return Ok((root, resource));
        }
        match fragment.strip_prefix('/') {
            Some(pointer) => self.walk(root, resource, pointer),
            None => {
                let found = self.list[resource].anchors.get(fragment.as_ref());
                found.map(|schema| (*schema, resource)).ok_or(Lost::Nowhere)
            }
        }
    }

    fn resource(&self, address: &str, from: ResourceId) -> Result<ResourceId, Lost> {
        let uri = join(&self.list[from].uri, address);
        let found = self.by_uri.get(&uri).copied();
        let metaschema = || uri.starts_with("http") && uri.contains("://json-schema.org/");
        found.ok_or_else(|| if metaschema() { Lost::Metaschema } else { Lost::Elsewhere })
    }

    fn walk(
        &self,
        root: &'s Value,
        mut resource: ResourceId,
        pointer: &str,
    ) -> Result<Target<'s>, Lost> {
        let mut here = root;
        for segment in pointer.split('/') {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            let next = match here {
                Value::Object(members) => members.get(&segment),
                Value::Array(items) => segment.parse::<usize>().ok().and_then(|at| items.get(at)),
                _ => None,
            };
            here = next.ok_or(Lost::Nowhere)?;
            resource = self.owner(here, resource);
        }
        Ok((here, resource))
    }

    /// The target of `$dynamicRef`. If several schemas are possible, it depends on the path of the
    /// validation, which is not recorded.
    pub fn find_dynamic(&self, reference: &str, from: ResourceId) -> Result<Target<'s>, Lost> {
        let target = self.find(reference, from)?;
        let Some((_, name)) = reference.split_once('#') else { return Ok(target) };
        let several = self.dynamic.get(name).is_some_and(|count| *count > 1);
        let offered = self.list[target.1].dynamic.contains(name);
        if offered && several { Err(Lost::Undecided) } else { Ok(target) }
    }

    /// The same for `$recursiveRef`.
    pub fn find_recursive(&self, reference: &str, from: ResourceId) -> Result<Target<'s>, Lost> {
        let target = self.find(reference, from)?;
        let several = self.recursive > 1;
        if self.list[target.1].recursive && several { Err(Lost::Undecided) } else { Ok(target) }
    }
}

/// The draft that a schema declares, if any: `Some(None)` for an unknown one.
fn declared(schema: &Value) -> Option<Option<Draft>> {
    schema.get("$schema").and_then(Value::as_str).map(Draft::named)
}

/// The address that a reference means, relative to another: RFC 3986, section 5.2.
fn join(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or(base);
    if scheme(reference).is_some() {
        return reference.to_owned();
    }
    let (scheme, rest) = match scheme(base) {
        Some(scheme) => base.split_at(scheme.len() + 1),
        None => ("", base),
    };
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    let path_at = match rest.strip_prefix("//") {
        Some(behind) => 2 + behind.find('/').unwrap_or(behind.len()),
        None => 0,
    };
    let (authority, path) = rest.split_at(path_at);
    let path = path.split('?').next().unwrap_or(path);
    if reference.starts_with('?') {
        return format!("{scheme}{authority}{path}{reference}");
    }
    let (wanted, query) = match reference.find('?') {
        Some(at) => reference.split_at(at),
        None => (reference, ""),
    };
    let merged = if wanted.starts_with('/') {
        wanted.to_owned()
    } else if path.is_empty() && !authority.is_empty() {
        format!("/{wanted}")
    } else {
        let folder = path.rfind('/').map_or("", |at| &path[..=at]);
        format!("{folder}{wanted}")
    };
    format!("{scheme}{authority}{}{query}", without_dots(&merged))
}

/// `http` of `http://…`
fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(rest))
        .then_some(scheme)
}

fn without_dots(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.trim_start_matches('/').split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    let path = kept.join("/");
    if absolute { format!("/{path}") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (base, reference, expected) in [
            ("http://a/b/c", "d", "http://a/b/d"),
            ("http://a/b/c", "../d", "http://a/d"),
            ("http://a/b/c", "./", "http://a/b/"),
            ("http://a/b/c", "/d?q", "http://a/d?q"),
            ("http://a/b/c?x", "?y", "http://a/b/c?y"),
            ("http://a/b/c", "//d/e", "http://d/e"),
            ("http://a/b/c", "urn:x:y", "urn:x:y"),
            ("http://a", "d", "http://a/d"),
            ("http://a/b#f", "d", "http://a/d"),
            ("", "d.json", "d.json"),
            ("x/y.json", "d.json", "x/d.json"),
            ("/y.json", "../../d.json", "/d.json"),
            ("urn:x:y", "d", "urn:d"),
            ("é:x", "ü", "ü"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
