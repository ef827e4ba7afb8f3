"""Forget where the modules of the snapshot were, before its memory is written.

They were bytecode, and the page has their sources. Python finds these once it looks for a module.
"""

import gc
import linecache
import zipimport

zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]  # noqa: SLF001
linecache.clearcache()
gc.collect()
