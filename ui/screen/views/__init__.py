"""The pages, one a module; `ui/screen/app.py` puts them in order."""
