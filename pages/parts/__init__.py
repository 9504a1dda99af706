"""Pieces that more than one page shows: where Streamlit and geo meet."""
