"""The design system: pages, pieces, forms, paging, errors, and how a page travels a slow line."""
