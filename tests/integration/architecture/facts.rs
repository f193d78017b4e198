//! What a file does that the architecture has a word about: which things it names (resolved),
//! which methods and macros it calls, its statics, and how long its functions are.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, Item};

use super::index::{Index, Scope, is_test_only, joined, leaves};
use super::source::{File, Names};

/// Something in a file.
pub struct Fact<'f> {
    /// The line, from 1.
    pub line: usize,
    /// Whether it is compiled for tests only.
    pub is_test: bool,
    /// What it is.
    pub kind: Kind<'f>,
}

/// What is found.
pub enum Kind<'f> {
    /// A thing is named; `glob` says that it is everything in it.
    Path { path: Names, glob: bool },
    /// A method is called.
    Method { name: String, arguments: usize },
    /// A macro is called.
    Macro(String),
    /// A text.
    Text(String),
    /// The name of a flavour is compared with something.
    FlavourCompared,
    /// A static, with its type and what it needs to be resolved.
    Static(Static<'f>),
    /// A static in the arguments of a macro.
    HiddenStatic,
    /// A function of so many lines.
    Function(usize),
}

/// A static.
pub struct Static<'f> {
    pub place: Place,
    pub item: &'f syn::ItemStatic,
}

/// Where a name stands: it means what it means there.
pub struct Place {
    pub module: Names,
    /// The imports of the blocks around.
    pub blocks: Vec<Scope>,
}

/// The facts of a file, in its order.
pub fn facts<'f>(index: &Index<'f>, file: &'f File) -> Vec<Fact<'f>> {
    let is_test = index.is_test(&file.module);
    let module = file.module.clone();
    let mut walk = Walk { index, module, blocks: Vec::new(), is_test, found: Vec::new() };
    walk.visit_file(&file.tree);
    walk.found
}

struct Walk<'i, 'f> {
    index: &'i Index<'f>,
    module: Names,
    /// The imports of the blocks around.
    blocks: Vec<Scope>,
    is_test: bool,
    found: Vec<Fact<'f>>,
}

impl<'f> Walk<'_, 'f> {
    fn add(&mut self, line: usize, kind: Kind<'f>) {
        self.found.push(Fact { line, is_test: self.is_test, kind });
    }

    fn add_path(&mut self, line: usize, path: &[String], glob: bool) {
        if path.is_empty() || path[0] == "Self" {
            return;
        }
        // One word alone is a local variable more often than not; a capital is a thing.
        let short = path.len() == 1 && !glob;
        if short && !path[0].starts_with(char::is_uppercase) {
            return;
        }
        let path = self.index.resolve(&self.module, &self.blocks, path);
        if path.len() > 1 || glob {
            self.add(line, Kind::Path { path, glob });
        }
    }

    fn add_import(&mut self, import: &syn::ItemUse) {
        for leaf in leaves(import) {
            let path = self.index.resolve(&self.module, &self.blocks, &leaf.path);
            self.add(leaf.line, Kind::Path { path, glob: leaf.glob });
        }
    }

    fn add_function(&mut self, start: proc_macro2::Span, end: proc_macro2::Span) {
        let line = start.start().line;
        self.add(line, Kind::Function(end.end().line + 1 - line));
    }

    /// Runs with what the attributes say of tests.
    fn within(&mut self, attributes: &[syn::Attribute], visit: impl FnOnce(&mut Self)) {
        let before = self.is_test;
        self.is_test |= is_test_only(attributes);
        visit(self);
        self.is_test = before;
    }

    /// The arguments of a macro may be anything; what looks like a path there is one.
    fn walk_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Group(group) => {
                    self.walk_tokens(group.stream());
                    at + 1
                }
                TokenTree::Literal(literal) => {
                    let text = TokenStream::from(TokenTree::Literal(literal.clone()));
                    if let Ok(text) = syn::parse2::<syn::LitStr>(text) {
                        self.add(literal.span().start().line, Kind::Text(text.value()));
                    }
                    at + 1
                }
                TokenTree::Punct(_) => at + 1,
                TokenTree::Ident(ident) if ident == "use" => self.import_at(&tokens, at),
                TokenTree::Ident(_) => self.path_at(&tokens, at),
            };
        }
    }

    /// Reads a `use` in the arguments of a macro, and returns where it ends.
    fn import_at(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let end = tokens[at..].iter().position(|token| is_punct(token, ';'));
        let end = end.map_or(tokens.len(), |length| at + length + 1);
        if let Ok(import) = syn::parse2::<syn::ItemUse>(tokens[at..end].iter().cloned().collect()) {
            self.add_import(&import);
        }
        end
    }

    /// Reads the path that begins with a word, and returns where it ends.
    fn path_at(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let line = tokens[start].span().start().line;
        let before = start.checked_sub(1).map(|at| &tokens[at]);
        let mut path = vec![tokens[start].to_string()];
        let mut at = start + 1;
        while let [a, b, TokenTree::Ident(name), ..] = &tokens[at..]
            && is_punct(a, ':')
            && is_punct(b, ':')
        {
            path.push(name.to_string());
            at += 3;
        }
        let next = tokens.get(at);
        let arguments = next.and_then(|next| match next {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                Some(group.stream().into_iter().count())
            }
            _ => None,
        });
        if before.is_some_and(|token| is_punct(token, '\'')) {
            return at;
        }
        if before.is_some_and(|token| is_punct(token, '.')) {
            if let Some(arguments) = arguments {
                self.add(line, Kind::Method { name: path.swap_remove(0), arguments });
            }
        } else if path == ["static"] {
            self.add(line, Kind::HiddenStatic);
        } else if path == ["fn"] {
            let body = tokens[at..].iter().find(|token| match token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                token => is_punct(token, ';'),
            });
            if let Some(TokenTree::Group(body)) = body {
                self.add_function(tokens[start].span(), body.span_close());
            }
        } else if next.is_some_and(|next| is_punct(next, '!')) {
            self.add(line, Kind::Macro(path.pop().unwrap_or_default()));
        } else {
            self.add_path(line, &path, false);
        }
        at
    }
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The line that a path begins in.
fn line(path: &syn::Path) -> usize {
    path.segments.first().map_or(1, |first| first.ident.span().start().line)
}

/// The names of a path as it is written.
fn written(path: &syn::Path) -> Names {
    let names = path.segments.iter().map(|segment| segment.ident.to_string());
    path.leading_colon.iter().map(|_| String::new()).chain(names).collect()
}

/// Whether an expression is the name of a flavour: `….flavour.name()`.
fn is_flavour_name(expression: &Expr) -> bool {
    let Expr::MethodCall(call) = expression else { return false };
    let of_flavour = match &*call.receiver {
        Expr::Field(field) => {
            matches!(&field.member, syn::Member::Named(name) if name == "flavour")
        }
        Expr::Path(path) => path.path.is_ident("flavour"),
        Expr::MethodCall(call) => call.method == "flavour",
        _ => false,
    };
    call.method == "name" && of_flavour
}

impl<'f> Visit<'f> for Walk<'_, 'f> {
    fn visit_item(&mut self, item: &'f Item) {
        let attributes = match item {
            Item::Const(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            Item::ExternCrate(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::ForeignMod(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Macro(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Static(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            Item::Trait(item) => &item.attrs,
            Item::Type(item) => &item.attrs,
            Item::Union(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        self.within(attributes, |walk| visit::visit_item(walk, item));
    }

    fn visit_impl_item(&mut self, item: &'f syn::ImplItem) {
        let attributes = match item {
            syn::ImplItem::Const(item) => &item.attrs[..],
            syn::ImplItem::Fn(item) => &item.attrs,
            _ => &[],
        };
        self.within(attributes, |walk| visit::visit_impl_item(walk, item));
    }

    fn visit_local(&mut self, local: &'f syn::Local) {
        self.within(&local.attrs, |walk| visit::visit_local(walk, local));
    }

    fn visit_field(&mut self, field: &'f syn::Field) {
        self.within(&field.attrs, |walk| visit::visit_field(walk, field));
    }

    fn visit_arm(&mut self, arm: &'f syn::Arm) {
        self.within(&arm.attrs, |walk| visit::visit_arm(walk, arm));
    }

    fn visit_item_mod(&mut self, module: &'f syn::ItemMod) {
        self.module.push(module.ident.to_string());
        let blocks = std::mem::take(&mut self.blocks);
        visit::visit_item_mod(self, module);
        self.blocks = blocks;
        self.module.pop();
    }

    fn visit_item_use(&mut self, import: &'f syn::ItemUse) {
        self.add_import(import);
    }

    fn visit_item_static(&mut self, item: &'f syn::ItemStatic) {
        let place = Place { module: self.module.clone(), blocks: self.blocks.clone() };
        let found = Static { place, item };
        self.add(item.ident.span().start().line, Kind::Static(found));
        visit::visit_item_static(self, item);
    }

    fn visit_item_fn(&mut self, function: &'f syn::ItemFn) {
        self.add_function(function.sig.fn_token.span, function.block.brace_token.span.close());
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'f syn::ImplItemFn) {
        self.add_function(function.sig.fn_token.span, function.block.brace_token.span.close());
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'f syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add_function(function.sig.fn_token.span, block.brace_token.span.close());
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_block(&mut self, block: &'f syn::Block) {
        let mut scope = Scope::default();
        for statement in &block.stmts {
            if let syn::Stmt::Item(item) = statement {
                scope.add(item);
            }
        }
        self.blocks.push(scope);
        visit::visit_block(self, block);
        self.blocks.pop();
    }

    fn visit_path(&mut self, path: &'f syn::Path) {
        self.add_path(line(path), &written(path), false);
        visit::visit_path(self, path);
    }

    /// `<Type>::name` is `Type::name`.
    fn visit_expr_path(&mut self, path: &'f syn::ExprPath) {
        if let Some(own) = &path.qself
            && own.position == 0
            && let syn::Type::Path(of) = &*own.ty
        {
            let mut rest = written(&path.path);
            rest.retain(|name| !name.is_empty());
            let line = line(&of.path);
            self.add_path(line, &joined(&written(&of.path), &rest), false);
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'f syn::ExprMethodCall) {
        let (name, arguments) = (call.method.to_string(), call.args.len());
        self.add(call.method.span().start().line, Kind::Method { name, arguments });
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_binary(&mut self, binary: &'f syn::ExprBinary) {
        let compares = match &binary.op {
            syn::BinOp::Eq(sign) => Some(sign.spans[0]),
            syn::BinOp::Ne(sign) => Some(sign.spans[0]),
            _ => None,
        };
        if let Some(sign) = compares
            && (is_flavour_name(&binary.left) || is_flavour_name(&binary.right))
        {
            self.add(sign.start().line, Kind::FlavourCompared);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_match(&mut self, choice: &'f syn::ExprMatch) {
        if is_flavour_name(&choice.expr) {
            self.add(choice.match_token.span.start().line, Kind::FlavourCompared);
        }
        visit::visit_expr_match(self, choice);
    }

    fn visit_lit_str(&mut self, text: &'f syn::LitStr) {
        self.add(text.span().start().line, Kind::Text(text.value()));
    }

    fn visit_macro(&mut self, call: &'f syn::Macro) {
        let path = written(&call.path);
        let line = line(&call.path);
        if path.len() > 1 {
            self.add_path(line, &path, false);
        }
        self.add(line, Kind::Macro(path.last().cloned().unwrap_or_default()));
        self.walk_tokens(call.tokens.clone());
    }

    /// An attribute or a visibility uses nothing.
    fn visit_attribute(&mut self, _: &'f syn::Attribute) {}

    fn visit_visibility(&mut self, _: &'f syn::Visibility) {}
}
