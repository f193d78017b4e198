//! No global state: a static is plain data, all the way down, or it is refused.

use syn::{Item, Type};

use super::facts::{Kind, Place, Static};
use super::index::Index;
use super::source::Names;
use super::{Findings, Sources};

/// Types of the standard library that hold no more than what they are made of.
const PLAIN: [&str; 26] = [
    "bool",
    "char",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "String",
    "Option",
    "Vec",
    "Cow",
    "Box",
    "PhantomData",
    "Duration",
    "Range",
    "RangeInclusive",
];

/// Finds global state, in tests as well.
pub fn check(sources: &Sources, findings: &mut Findings) {
    for (file, facts) in sources.each() {
        for fact in facts {
            let why = match &fact.kind {
                Kind::Static(found) => refused(&sources.index, found),
                Kind::HiddenStatic => Some("a static inside of a macro".to_owned()),
                Kind::Macro(name) if matches!(name.as_str(), "thread_local" | "lazy_static") => {
                    Some(format!("`{name}!`"))
                }
                _ => None,
            };
            if let Some(why) = why {
                findings.add(file, fact.line, "global-state", why);
            }
        }
    }
}

/// Why a static may not be.
fn refused(index: &Index, found: &Static) -> Option<String> {
    let name = &found.item.ident;
    if found.item.attrs.iter().any(|one| one.path().is_ident("global_allocator")) {
        return None;
    }
    if !matches!(found.item.mutability, syn::StaticMutability::None) {
        return Some(format!("`static mut {name}`"));
    }
    let mut look = Look { index, seen: Vec::new() };
    let parameters = Names::new();
    let inner = look.not_plain(&found.item.ty, &found.place, &parameters)?;
    Some(format!("`{name}` is no plain data: it holds `{inner}`"))
}

/// A look into types, each once.
struct Look<'i, 'f> {
    index: &'i Index<'f>,
    seen: Vec<Names>,
}

impl Look<'_, '_> {
    /// The first part of a type that is not known to be plain. `parameters` of a type are looked at
    /// where they are given.
    fn not_plain(&mut self, of: &Type, at: &Place, parameters: &[String]) -> Option<String> {
        match of {
            Type::Array(inner) => self.not_plain(&inner.elem, at, parameters),
            Type::Group(inner) => self.not_plain(&inner.elem, at, parameters),
            Type::Paren(inner) => self.not_plain(&inner.elem, at, parameters),
            Type::Slice(inner) => self.not_plain(&inner.elem, at, parameters),
            Type::Reference(inner) if inner.mutability.is_none() => {
                self.not_plain(&inner.elem, at, parameters)
            }
            Type::Tuple(inner) => {
                inner.elems.iter().find_map(|one| self.not_plain(one, at, parameters))
            }
            Type::Path(path) if path.qself.is_none() => self.named(&path.path, at, parameters),
            // A pointer to a function has no state.
            Type::FnPtr(_) => None,
            _ => Some("a type that cannot be looked into".to_owned()),
        }
    }

    fn named(&mut self, path: &syn::Path, at: &Place, parameters: &[String]) -> Option<String> {
        let last = path.segments.last()?;
        if let syn::PathArguments::AngleBracketed(list) = &last.arguments {
            let types = list.args.iter().filter_map(|argument| match argument {
                syn::GenericArgument::Type(of) => Some(of),
                _ => None,
            });
            for of in types {
                if let Some(found) = self.not_plain(of, at, parameters) {
                    return Some(found);
                }
            }
        }
        let names: Names = path.segments.iter().map(|one| one.ident.to_string()).collect();
        let full = self.index.resolve(&at.module, &at.blocks, &names);
        if let Some(definition) = self.index.definition(&full) {
            return self.defined(&full, definition);
        }
        let name = last.ident.to_string();
        let standard = full.len() == 1 || full[0] == "std" || full[0] == "core";
        let plain = standard && PLAIN.contains(&name.as_str());
        (!plain && !parameters.contains(&name)).then(|| full.join("::"))
    }

    fn defined(&mut self, full: &[String], definition: &Item) -> Option<String> {
        if self.seen.iter().any(|seen| seen == full) {
            return None;
        }
        self.seen.push(full.to_vec());
        let (fields, generics): (Vec<&Type>, _) = match definition {
            Item::Struct(item) => {
                (item.fields.iter().map(|field| &field.ty).collect(), &item.generics)
            }
            Item::Enum(item) => {
                let fields = item.variants.iter().flat_map(|variant| &variant.fields);
                (fields.map(|field| &field.ty).collect(), &item.generics)
            }
            Item::Type(item) => (vec![&*item.ty], &item.generics),
            _ => return Some(full.join("::")),
        };
        let parameters: Names = generics.type_params().map(|one| one.ident.to_string()).collect();
        let module = full[..full.len() - 1].to_vec();
        // Types of fields are resolved where the type is defined.
        let place = Place { module, blocks: Vec::new() };
        let inner = fields.into_iter().find_map(|of| self.not_plain(of, &place, &parameters))?;
        Some(format!("{inner}` in `{}", full.join("::")))
    }
}
