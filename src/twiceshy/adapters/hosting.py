"""Where the files of this repository can be read with a browser, as continuous integration says it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit


def web_address(environment: Mapping[str, str], revision: str) -> str:
    """The address below which the files of a commit lie, with a final slash; empty outside of GitHub and GitLab.

    GitHub sets `GITHUB_SERVER_URL` and `GITHUB_REPOSITORY` in a workflow, GitLab `CI_PROJECT_URL` in a job.
    """
    github, gitlab = environment.get("GITHUB_REPOSITORY", ""), environment.get("CI_PROJECT_URL", "")
    if github:
        base = f"{environment.get('GITHUB_SERVER_URL', 'https://github.com').rstrip('/')}/{quote(github)}/blob"
    elif gitlab:
        base = f"{gitlab.rstrip('/')}/-/blob"
    else:
        return ""
    is_plain = base.isascii() and base.isprintable() and not set(base) & set(" \"'<>()[]`\\")
    return f"{base}/{revision}/" if is_plain and urlsplit(base).scheme in ("http", "https") else ""
