"""Parts of pages: Streamlit code that shows the results of ``geo``."""
