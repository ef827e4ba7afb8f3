"""Forget what the packages of the snapshot were, before its memory is written.

The page has the same modules as sources. They are found again once Python looks for one.
"""

import gc
import importlib
import linecache
import sys
import zipimport

for module in list(sys.modules.values()):
    loader = getattr(getattr(module, "__spec__", None), "loader", None)
    if isinstance(loader, zipimport.zipimporter):
        loader.invalidate_caches()
importlib.invalidate_caches()
zipimport._zip_directory_cache.clear()
linecache.clearcache()
gc.collect()
