//! Pages by number. The number has its own type, so that no offset, level or count is mistaken for
//! a page, and collections with a value for each page accept nothing else.

use std::cmp::Ordering;
use std::ops::{Index, IndexMut};

/// A page of an index: its number in the order of the paths. It is valid only for this index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(usize);

/// One value for each page of an index, in the order of the pages.
#[derive(Clone, Debug)]
pub struct PageVec<T>(Vec<T>);

impl<T> PageVec<T> {
    /// The pages.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PageId> + use<T> {
        (0..self.0.len()).map(PageId)
    }

    /// The values.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The values with their pages.
    pub fn entries(&self) -> impl Iterator<Item = (PageId, &T)> {
        self.ids().zip(&self.0)
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Finds a page by binary search in values that are sorted by `order`.
    pub fn search(&self, order: impl FnMut(&T) -> Ordering) -> Option<PageId> {
        self.0.binary_search_by(order).ok().map(PageId)
    }

    /// The values, in the order of the pages.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> Default for PageVec<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for PageVec<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T> FromIterator<T> for PageVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<'v, T> IntoIterator for &'v PageVec<T> {
    type Item = &'v T;
    type IntoIter = std::slice::Iter<'v, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Index<PageId> for PageVec<T> {
    type Output = T;

    fn index(&self, page: PageId) -> &T {
        &self.0[page.0]
    }
}

impl<T> IndexMut<PageId> for PageVec<T> {
    fn index_mut(&mut self, page: PageId) -> &mut T {
        &mut self.0[page.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_its_value() {
        let mut values: PageVec<u8> = [10, 20, 30].into_iter().collect();
        let ids: Vec<PageId> = values.ids().collect();
        assert!(ids.is_sorted());
        assert_eq!(
            values.entries().map(|(id, value)| (id, *value)).collect::<Vec<_>>(),
            [(ids[0], 10), (ids[1], 20), (ids[2], 30)]
        );
        assert_eq!(values.search(|value| value.cmp(&20)), Some(ids[1]));
        assert_eq!(values.search(|value| value.cmp(&25)), None);
        values[ids[1]] = 25;
        assert_eq!((values[ids[1]], values.as_slice()), (25, &[10, 25, 30][..]));
        assert!(PageVec::<u8>::default().is_empty() && values.len() == 3);
    }
}
