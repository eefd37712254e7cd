"""Files of the site that are not pages: API, feeds, sitemap, redirects."""
