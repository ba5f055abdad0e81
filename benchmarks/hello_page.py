"""The least that Streamlit can show: a title, one selectbox, and what is chosen. The peer of the dashboard."""

import streamlit as st

st.set_page_config(page_title="Peer", page_icon="🌍")
st.title("Peer")
st.markdown(f"chosen {st.selectbox('Letter', list('abcdefghij'))}")
