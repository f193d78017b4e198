//! The attributes of a component, as the renderers read them.

/// The attributes of a component that are known without running code.
pub trait Attrs {
    /// The text of an attribute.
    fn get(&self, name: &str) -> Option<String>;
    /// Whether an attribute is present and not `false`.
    fn flag(&self, name: &str) -> bool;
    /// The published address of a link attribute.
    fn link(&self, name: &str) -> Option<String>;
}
