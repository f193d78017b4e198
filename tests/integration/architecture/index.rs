//! Who is who: every module with the names in it, and what a path leads to from there, through
//! imports, renamed imports, globs and re-exports.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, UseTree};

use super::source::{File, Names};

/// How many steps a name may take to what it means; a circle of globs ends here.
const MAX_STEPS: usize = 24;

/// The names that imports bring into a module or a block.
#[derive(Clone, Default)]
pub struct Scope {
    /// A name and the path that it stands for, as it is written.
    pub named: BTreeMap<String, Names>,
    /// The paths of the globs.
    pub globs: Vec<Names>,
}

/// One module.
struct Module<'f> {
    /// The place of its file in the list of files.
    file: usize,
    /// Whether it is compiled for tests only.
    is_test: bool,
    imports: Scope,
    /// What is defined here, apart from modules.
    items: BTreeMap<String, &'f Item>,
}

/// All modules of the workspace.
pub struct Index<'f> {
    modules: BTreeMap<Names, Module<'f>>,
}

/// One name that an import brings, or a glob.
pub struct Leaf {
    /// The path as it is written.
    pub path: Names,
    /// The name that it gets; none for `as _` and for a glob.
    pub name: Option<String>,
    /// Whether it is `path::*`.
    pub glob: bool,
    /// The line of its last word.
    pub line: usize,
}

impl<'f> Index<'f> {
    /// Lists the modules of all files, those inside of files too.
    pub fn new(files: &'f [File]) -> Self {
        let mut index = Self { modules: BTreeMap::new() };
        let mut only_tests = BTreeSet::new();
        for (at, file) in files.iter().enumerate() {
            let is_test = is_test_only(&file.tree.attrs);
            index.add(file.module.clone(), at, is_test, &file.tree.items, &mut only_tests);
        }
        for (path, module) in &mut index.modules {
            let above = |test: &Names| path.starts_with(test);
            module.is_test |= only_tests.iter().any(above);
        }
        index
    }

    fn add(
        &mut self,
        path: Names,
        file: usize,
        is_test: bool,
        items: &'f [Item],
        only_tests: &mut BTreeSet<Names>,
    ) {
        let mut module =
            Module { file, is_test, imports: Scope::default(), items: BTreeMap::new() };
        for item in items {
            match item {
                Item::Mod(inner) => {
                    let path = joined(&path, &[inner.ident.to_string()]);
                    if is_test_only(&inner.attrs) {
                        only_tests.insert(path.clone());
                    }
                    if let Some((_, items)) = &inner.content {
                        self.add(path, file, is_test, items, only_tests);
                    }
                }
                _ => module.imports.add(item),
            }
            if let Some(name) = name(item) {
                module.items.entry(name).or_insert(item);
            }
        }
        self.modules.insert(path, module);
    }

    /// The place of the file that holds a module or what is in it.
    pub fn file(&self, path: &[String]) -> Option<usize> {
        let above = (1..=path.len()).rev();
        above.filter_map(|end| self.modules.get(&path[..end])).map(|module| module.file).next()
    }

    /// Whether a module is compiled for tests only.
    pub fn is_test(&self, module: &[String]) -> bool {
        self.modules.get(module).is_some_and(|module| module.is_test)
    }

    /// Whether there is a module of this path.
    pub fn is_module(&self, path: &[String]) -> bool {
        self.modules.contains_key(path)
    }

    /// The definition that a path of [`Index::resolve`] leads to.
    pub fn definition(&self, path: &[String]) -> Option<&'f Item> {
        let (name, module) = path.split_last()?;
        self.modules.get(module)?.items.get(name).copied()
    }

    /// The modules right below `table` that define `mark`.
    pub fn members(&self, table: &[String], mark: &str) -> Vec<&str> {
        let modules = self.modules.iter().filter(|(path, module)| {
            path.len() == table.len() + 1
                && path.starts_with(table)
                && module.items.contains_key(mark)
        });
        modules.map(|(path, _)| path[table.len()].as_str()).collect()
    }

    /// What a path means in a module, below the imports of the blocks around it: the crate, the
    /// modules, and the thing, where it is defined.
    pub fn resolve(&self, module: &[String], blocks: &[Scope], path: &[String]) -> Names {
        self.leads_to(module, blocks, path, 0)
    }

    fn leads_to(&self, module: &[String], blocks: &[Scope], path: &[String], step: usize) -> Names {
        if step > MAX_STEPS {
            return path.to_vec();
        }
        let (first, rest) = path.split_first().expect("a path has a name");
        let full = match first.as_str() {
            // `::name` is a crate.
            "" => return self.defined(rest.to_vec(), step),
            "crate" => joined(&module[..1], rest),
            "self" => joined(module, rest),
            "super" => {
                let supers = path.iter().take_while(|name| *name == "super").count();
                let above = module.len().saturating_sub(supers).max(1);
                joined(&module[..above], &path[supers..])
            }
            _ => match self.in_blocks(module, blocks, first, step) {
                Some(found) => joined(&found, rest),
                None => match self.member(module, first, step) {
                    Some(found) => joined(&found, rest),
                    None => path.to_vec(),
                },
            },
        };
        self.defined(full, step)
    }

    fn in_blocks(
        &self,
        module: &[String],
        blocks: &[Scope],
        name: &str,
        step: usize,
    ) -> Option<Names> {
        let (scope, outer) = blocks.split_last()?;
        if let Some(path) = scope.named.get(name) {
            let own = path[0] == name;
            let from = if own { outer } else { blocks };
            return Some(self.leads_to(module, from, path, step + 1));
        }
        let globs = scope.globs.iter().find_map(|glob| {
            let there = self.leads_to(module, outer, glob, step + 1);
            self.member(&there, name, step + 1)
        });
        globs.or_else(|| self.in_blocks(module, outer, name, step))
    }

    /// What a name means in a module, if it is there.
    fn member(&self, path: &[String], name: &str, step: usize) -> Option<Names> {
        let module = self.modules.get(path).filter(|_| step <= MAX_STEPS)?;
        let own = joined(path, &[name.to_owned()]);
        if self.modules.contains_key(&own) || module.items.contains_key(name) {
            return Some(own);
        }
        if let Some(import) = module.imports.named.get(name) {
            // `use name::…;` for a crate of that name.
            let is_crate = import[0] == name;
            return Some(if is_crate {
                self.defined(import.clone(), step + 1)
            } else {
                self.leads_to(path, &[], import, step + 1)
            });
        }
        module.imports.globs.iter().find_map(|glob| {
            let there = self.leads_to(path, &[], glob, step + 1);
            (there != path).then(|| self.member(&there, name, step + 1)).flatten()
        })
    }

    /// Follows re-exports from the root of a crate to where a thing is defined.
    fn defined(&self, path: Names, step: usize) -> Names {
        for end in 1..path.len() {
            if !self.is_module(&path[..end]) {
                break;
            }
            let found = self.member(&path[..end], &path[end], step + 1);
            match found {
                Some(found) if found[..] == path[..=end] => {}
                Some(found) if step < MAX_STEPS => {
                    return self.defined(joined(&found, &path[end + 1..]), step + 1);
                }
                _ => break,
            }
        }
        path
    }
}

impl Scope {
    /// Takes in an item, if it is an import.
    pub fn add(&mut self, item: &Item) {
        match item {
            Item::Use(import) => {
                for leaf in leaves(import) {
                    match leaf.name {
                        Some(name) => drop(self.named.insert(name, leaf.path)),
                        None if leaf.glob => self.globs.push(leaf.path),
                        None => {}
                    }
                }
            }
            Item::ExternCrate(import) => {
                let name = import.rename.as_ref().map_or(&import.ident, |(_, name)| name);
                let path = vec![String::new(), import.ident.to_string()];
                self.named.insert(name.to_string(), path);
            }
            _ => {}
        }
    }
}

/// One path behind another.
pub fn joined(path: &[String], rest: &[String]) -> Names {
    [path, rest].concat()
}

/// The names that a `use` brings, groups taken apart.
pub fn leaves(import: &syn::ItemUse) -> Vec<Leaf> {
    let mut found = Vec::new();
    let start = if import.leading_colon.is_some() { vec![String::new()] } else { Names::new() };
    take_apart(&import.tree, start, &mut found);
    found
}

fn take_apart(tree: &UseTree, mut path: Names, found: &mut Vec<Leaf>) {
    let leaf = |mut path: Names, ident: &syn::Ident, name: Option<String>| {
        // `a::{self}` is `a`.
        if ident != "self" || path.is_empty() {
            path.push(ident.to_string());
        }
        let name = name.or_else(|| path.last().cloned());
        let name = name.filter(|name| name != "_");
        Leaf { path, name, glob: false, line: ident.span().start().line }
    };
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            take_apart(&inner.tree, path, found);
        }
        UseTree::Name(inner) => found.push(leaf(path, &inner.ident, None)),
        UseTree::Rename(inner) => {
            found.push(leaf(path, &inner.ident, Some(inner.rename.to_string())));
        }
        UseTree::Glob(inner) => {
            let line = inner.star_token.spans[0].start().line;
            found.push(Leaf { path, name: None, glob: true, line });
        }
        UseTree::Group(inner) => {
            for tree in &inner.items {
                take_apart(tree, path.clone(), found);
            }
        }
    }
}

/// Whether something is compiled for tests only.
pub fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        path.is_ident("test")
            || (path.is_ident("cfg")
                && attribute.parse_args::<syn::Meta>().is_ok_and(|meta| needs_test(&meta)))
    })
}

/// Whether a condition holds in tests only.
fn needs_test(condition: &syn::Meta) -> bool {
    let parts = || {
        let syn::Meta::List(list) = condition else { return Vec::new() };
        let parse = syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated;
        list.parse_args_with(parse).map(|all| all.into_iter().collect()).unwrap_or_default()
    };
    let path = condition.path();
    path.is_ident("test")
        || (path.is_ident("all") && parts().iter().any(needs_test))
        || (path.is_ident("any") && !parts().is_empty() && parts().iter().all(needs_test))
}

/// The name that an item defines.
fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
