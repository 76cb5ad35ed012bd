"""The address of the repository's files, from what continuous integration says."""

from __future__ import annotations

import pytest

from twiceshy.adapters.hosting import web_address


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ""),
        ({"GITHUB_REPOSITORY": "o/r"}, "https://github.com/o/r/blob/3cb35e8/"),
        (
            {"GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "https://git.example.org/"},
            "https://git.example.org/o/r/blob/3cb35e8/",
        ),
        ({"CI_PROJECT_URL": "https://gitlab.com/g/s/r"}, "https://gitlab.com/g/s/r/-/blob/3cb35e8/"),
        ({"CI_PROJECT_URL": "javascript:alert(1)"}, ""),
        ({"CI_PROJECT_URL": "https://a.example/) @ada ("}, ""),
        ({"GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "file:///etc"}, ""),
    ],
)
def test_files_are_found_where_the_pipeline_says(environment, address):
    assert web_address(environment, "3cb35e8") == address
