"""The door to `data/` and to maps of one's own: files to a Model, all mistakes at once."""

from mgmodel.datafiles.door import Reading, data_folder, load_model, read_folder, tidy_folder

__all__ = [
    "Reading",
    "data_folder",
    "load_model",
    "read_folder",
    "tidy_folder",
]
