"""The screen: Streamlit pages on which a planner, HR or a principal works."""
