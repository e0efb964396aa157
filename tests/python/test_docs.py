"""Every example of a docstring and of docs/python.md gives what stands there."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import unittest
from typing import Any

import karaka
from common import SOURCE


def go_to_sources(test: doctest.DocTest) -> None:
    os.chdir(SOURCE)  # the page names a sample


def load_tests(loader: Any, tests: unittest.TestSuite, pattern: Any) -> unittest.TestSuite:
    for module in pkgutil.iter_modules(karaka.__path__):
        if module.name not in ("__main__", "_karaka"):
            tests.addTests(doctest.DocTestSuite(importlib.import_module(f"karaka.{module.name}")))
    tests.addTests(doctest.DocTestSuite(karaka))
    page = str(SOURCE / "docs" / "python.md")
    tests.addTests(doctest.DocFileSuite(page, module_relative=False, encoding="utf-8", setUp=go_to_sources))
    return tests
