"""What the pages share: the guard, the language, cached data, filters, lists of remarks, charts and downloads.

With `feedback.server` the only place in `feedback/` that imports streamlit.
"""
