"""The reports of `inventory`: text, Markdown, a page of HTML, a picture, and data."""
