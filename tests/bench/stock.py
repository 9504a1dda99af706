"""The usual way: folium.Choropleth with the same 34 units, made again for every measure."""

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.analysis import published_measures, snapshot_of
from geo.units import boundaries


@st.cache_data
def shapes() -> str:
    units = boundaries().units.geometry.to_crs(4326)
    return units.rename_axis("adcode").reset_index().to_json()


names = [measure.id for measure in published_measures().values() if measure.kind == "indicator"]
choice = st.selectbox("Measure", names, key="measure")
values = pd.Series(snapshot_of(choice, published_measures()[choice].years[0]).values_by_adcode())
table = values.rename_axis("adcode").reset_index(name="value")
entry = folium.Map(location=[36, 104], zoom_start=4, tiles=None)
layer = folium.Choropleth(
    geo_data=shapes(),
    data=table,
    columns=["adcode", "value"],
    key_on="feature.properties.adcode",
    legend_name=choice,
)
# Its legend asks a foreign host for d3, which is out of reach: left out, in stock's favour.
for name in [name for name in layer._children if name.startswith("color_map")]:
    del layer._children[name]
layer.add_to(entry)
st_folium(entry, height=560, use_container_width=True, returned_objects=[])
st.html(f'<p data-shows="{choice}">{choice}</p>')
