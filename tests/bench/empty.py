"""The least that Streamlit can do: one select box and an echo of the choice."""

import streamlit as st

choice = st.selectbox("Measure", [f"choice {n}" for n in range(40)], key="measure")
st.html(f'<p data-shows="{choice}">{choice}</p>')
